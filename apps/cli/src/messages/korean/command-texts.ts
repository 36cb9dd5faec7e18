/** Texts of commands, by their English wording. */
export const commandTexts: Readonly<Record<string, string>> = {
  'Print an access token': '액세스 토큰을 출력합니다',
  'Prints the token and a line end on standard output, and nothing else. The token is a secret: hand it to a program, not to a log.':
    '표준 출력에 토큰과 줄바꿈만 출력합니다. 토큰은 비밀입니다. 로그가 아니라 프로그램에 넘기세요.',
  'Scope of the token (default: that of Azure Machine Learning in the cloud)':
    '토큰의 범위 (기본값: 이 클라우드의 Azure Machine Learning)',
  'The bare token, or JSON with its times': '토큰만, 또는 시각이 있는 JSON',
  'Show who is signed in, as Microsoft Entra ID sees it':
    'Microsoft Entra ID가 보는, 로그인한 사람을 보여 줍니다',
  'Signs in and shows the claims of the access token. The token itself is not shown, and its signature is not checked: do not decide on this output.':
    '로그인하고 액세스 토큰의 클레임을 보여 줍니다. 토큰은 보여 주지 않고 서명은 검사하지 않습니다. 이 출력으로 판단하지 마세요.',
  'Azure Machine Learning workspaces': 'Azure Machine Learning 작업 영역',
  'Show a workspace': '작업 영역을 보여 줍니다',
  'List the workspaces that you may see': '볼 수 있는 작업 영역을 나열합니다',
  'Lists the workspaces of one subscription or resource group; without a subscription, those of every subscription that you may see.':
    '구독이나 리소스 그룹 하나의 작업 영역을 나열합니다. 구독이 없으면 볼 수 있는 모든 구독의 것을 나열합니다.',
};
