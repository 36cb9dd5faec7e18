/** Texts of `cache …`, `config …`, `completion` and `doctor`, by their English wording. */
export const machineTexts: Readonly<Record<string, string>> = {
  'Tokens that are kept on this machine': '이 컴퓨터에 보관된 토큰',
  'List the tokens that are kept, without the tokens themselves':
    '보관된 토큰을 나열합니다. 토큰 자체는 보여 주지 않습니다',
  'Shows for whom and for what there are tokens and until when. A sign-in of a person is listed as the scope aml-auth:session.':
    '누구의 무엇을 위한 토큰이 언제까지 있는지 보여 줍니다. 사람의 로그인은 aml-auth:session 범위로 나옵니다.',
  'Forget tokens that are kept': '보관된 토큰을 잊습니다',
  'Without a flag everything goes, sign-ins of people and damaged files too; accounts stay, and people must sign in again.':
    '옵션이 없으면 사람의 로그인과 손상된 파일까지 모두 지웁니다. 계정은 남지만 사람은 다시 로그인해야 합니다.',
  'Only what has expired': '만료된 것만',
  'Only tokens of this tenant': '이 테넌트의 토큰만',
  'Only tokens of this client': '이 클라이언트의 토큰만',
  'Read every kept token, and say which files are damaged':
    '보관된 토큰을 모두 읽고 손상된 파일을 알려 줍니다',
  'Changes nothing. Ends with 8 where a file gives no token, and says what to do about it.':
    '아무것도 바꾸지 않습니다. 토큰을 읽을 수 없는 파일이 있으면 할 일을 알려 주고 8로 끝납니다.',
  'Seal kept tokens with the present key': '보관된 토큰을 현재 키로 암호화합니다',
  'Also those that lie in the clear. With --rotate a new key is made first, where the key is kept in a keyring.':
    '암호화하지 않은 것도 포함합니다. --rotate이면, 키가 키링에 있을 때, 먼저 새 키를 만듭니다.',
  'Make a new key first': '먼저 새 키를 만듭니다',
  Settings: '설정',
  'List the settings that hold here': '여기서 쓰이는 설정을 나열합니다',
  'Variables count more than the .aml-auth.json of the project, and that counts more than your own settings. A project may name an account, a tenant, a subscription, a resource group and a workspace, and nothing else.':
    '변수가 프로젝트의 .aml-auth.json보다, 그것이 자신의 설정보다 우선합니다. 프로젝트는 계정, 테넌트, 구독, 리소스 그룹, 작업 영역만 지정할 수 있습니다.',
  'Show who says so': '어디서 온 값인지 보여 줍니다',
  'Set something once instead of with every command': '명령마다 쓰는 대신 한 번 설정합니다',
  'The names are account, tenant, subscription, resourceGroup, workspace, cloud and lang. No secret and no path can be set.':
    '이름은 account, tenant, subscription, resourceGroup, workspace, cloud, lang입니다. 비밀이나 경로는 설정할 수 없습니다.',
  'In the .aml-auth.json of this folder instead of your own settings':
    '자신의 설정 대신 이 폴더의 .aml-auth.json에',
  'Name of the setting': '설정 이름',
  'Its value': '값',
  'Take a setting back': '설정을 되돌립니다',
  'Print the script with which a shell completes commands and options':
    '셸이 명령과 옵션을 완성하는 스크립트를 출력합니다',
  'For bash: source <(aml-auth completion bash). For zsh the same, after compinit. For fish: aml-auth completion fish | source. For PowerShell: aml-auth completion powershell | Out-String | Invoke-Expression. The proposals come from the commands themselves; nothing is asked over the network.':
    'bash: source <(aml-auth completion bash). zsh: compinit 뒤에 같은 방법. fish: aml-auth completion fish | source. PowerShell: aml-auth completion powershell | Out-String | Invoke-Expression. 제안은 명령에서 나오며 네트워크에 묻지 않습니다.',
  'bash, zsh, fish or powershell': 'bash, zsh, fish 또는 powershell',
  'Find out why signing in or a call does not work': '로그인이나 호출이 되지 않는 까닭을 찾습니다',
  'Checks Node.js, the clock, the way to the hosts of the cloud, variables that contradict each other, az and azd, who is signed in and who would be by the default chain, the token, the token cache, files of this program, and the roles on the workspace. Every check says what it saw and what to do. Ends with 1 where one fails. Ids, names and paths are shortened, so that the output can be shown to others.':
    'Node.js, 시계, 클라우드 호스트까지의 길, 서로 어긋나는 변수, az와 azd, 로그인한 사람과 기본 체인이 고를 사람, 토큰, 토큰 캐시, 이 프로그램의 파일, 작업 영역의 역할을 검사합니다. 검사마다 본 것과 할 일을 알려 줍니다. 실패가 있으면 1로 끝납니다. 다른 사람에게 보여 줄 수 있도록 ID, 이름, 경로를 줄입니다.',
  'The same as -o json': '-o json과 같습니다',
  'Repair what is on this machine and safe: permissions of files, expired tokens, locks of dead processes':
    '이 컴퓨터에 있고 안전한 것을 고칩니다: 파일 권한, 만료된 토큰, 죽은 프로세스의 잠금',
  'Whether ids, names and paths are shortened': 'ID, 이름, 경로를 줄일지',
};
