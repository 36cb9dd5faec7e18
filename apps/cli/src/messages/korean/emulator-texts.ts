/** Texts of `emulator …` and `demo`, by their English wording. */
export const emulatorTexts: Readonly<Record<string, string>> = {
  'Show all ways to sign in and what follows, without an Azure account':
    'Azure 계정 없이 모든 로그인 방법과 그다음 일을 보여 줍니다',
  'Starts the emulator and goes through the workflows of the documentation with the real protocols: people, service principals, managed identities, sharing, custom roles, Conditional Access, revocation and expiry. Ends by itself; with 1 where one did not do what it promises.':
    '에뮬레이터를 시작하고 문서의 흐름을 실제 프로토콜로 진행합니다: 사람, 서비스 주체, 관리 ID, 공유, 사용자 지정 역할, 조건부 액세스, 취소, 만료. 스스로 끝나며, 약속과 다르게 된 것이 있으면 1로 끝납니다.',
  'The same as the name alone; may stand several times': '이름만 쓴 것과 같습니다. 여러 번 쓸 수 있습니다',
  'Workflow to show (default: all); --list names them':
    '보여 줄 흐름 (기본값: 전부). --list가 이름을 알려 줍니다',
  'List the workflows, and run none': '흐름을 나열하고 실행하지는 않습니다',
  'Microsoft Entra ID, Azure Resource Manager and Azure Machine Learning on this machine':
    '이 컴퓨터에서 도는 Microsoft Entra ID, Azure Resource Manager, Azure Machine Learning',
  'Start the emulator and keep it running until Ctrl-C': '에뮬레이터를 시작하고 Ctrl-C까지 유지합니다',
  'Prints blocks to copy into a POSIX shell, one for each kind of program, or with -o json one JSON object. "aml-auth emulator env" prints them again, also for other shells. No Azure account is touched.':
    'POSIX 셸에 붙여 넣을 블록을 프로그램 종류마다 출력합니다. -o json이면 JSON 객체 하나입니다. "aml-auth emulator env"로 다시, 다른 셸용으로도 출력할 수 있습니다. Azure 계정은 건드리지 않습니다.',
  'Port on loopback; 0 takes a free one': '루프백 포트. 0이면 빈 포트를 고릅니다',
  'YAML or JSON file with tenants, applications, workspaces and roles (default: the demo data)':
    '테넌트, 애플리케이션, 작업 영역, 역할이 있는 YAML 또는 JSON 파일 (기본값: 데모 데이터)',
  'Application of the seed whose credentials the environment gets (default: the first one)':
    '환경에 자격 증명을 넣을 시드의 애플리케이션 (기본값: 첫 번째)',
  'Host that may be reached through the proxy, such as pypi.org; may stand several times':
    '프록시로 갈 수 있는 호스트. 예: pypi.org. 여러 번 쓸 수 있습니다',
  "Be a forward proxy that stands in for Azure's own addresses":
    'Azure의 실제 주소를 대신하는 정방향 프록시가 됩니다',
  'Keep the certificate authority and the signing key for the next time ("emulator ca path")':
    '인증 기관과 서명 키를 다음에도 씁니다 ("emulator ca path")',
  'Run a program with the emulator as its cloud': '에뮬레이터를 클라우드로 삼아 프로그램을 실행합니다',
  "Starts the emulator as a forward proxy that stands in for Azure's own addresses, runs the program with an environment that leads there, and ends with the exit code of the program. What goes through the proxy reaches neither Azure nor any other host that --passthrough does not name. Put -- before the program.":
    'Azure의 실제 주소를 대신하는 정방향 프록시로 에뮬레이터를 시작하고, 그곳으로 가는 환경에서 프로그램을 실행하고, 프로그램의 종료 코드로 끝납니다. 프록시를 지나는 요청은 Azure에도, --passthrough에 없는 다른 호스트에도 닿지 않습니다. 프로그램 앞에 --를 쓰세요.',
  "Stand in for Azure's addresses; --no-proxy names the emulator's own address instead":
    'Azure의 주소를 대신합니다. --no-proxy이면 에뮬레이터의 주소를 알려 줍니다',
  'Print the environment that leads a program to a running emulator':
    '실행 중인 에뮬레이터로 프로그램을 이끄는 환경을 출력합니다',
  'Prints the variables that one kind of program needs, for the emulator that "aml-auth emulator up" has started: eval "$(aml-auth emulator env --client az)". They hold the secret of an application of the emulator.':
    '"aml-auth emulator up"으로 시작한 에뮬레이터에 맞춰 한 종류의 프로그램에 필요한 변수를 출력합니다: eval "$(aml-auth emulator env --client az)". 에뮬레이터 애플리케이션의 비밀이 들어 있습니다.',
  'Address of the emulator, where several are running': '여러 개가 실행 중일 때 에뮬레이터의 주소',
  'The program, or its language': '프로그램 또는 그 언어',
  'For a POSIX shell, for PowerShell, or one JSON object': 'POSIX 셸용, PowerShell용 또는 JSON 객체 하나',
  'Find out why programs of this shell do not reach the emulator':
    '이 셸의 프로그램이 에뮬레이터에 닿지 않는 까닭을 찾습니다',
  'Checks Node.js, the emulator and its certificate, what this shell trusts, proxy variables, the settings of Azure clients, and the versions of az, java and python. Says what to do about each failure, and ends with 1 where there is one. Asks the emulator only, never Azure.':
    'Node.js, 에뮬레이터와 인증서, 이 셸이 신뢰하는 것, 프록시 변수, Azure 클라이언트 설정, az와 java와 python의 버전을 검사합니다. 실패마다 할 일을 알려 주고, 실패가 있으면 1로 끝납니다. 에뮬레이터에만 묻고 Azure에는 묻지 않습니다.',
  "The emulator's certificate authority": '에뮬레이터의 인증 기관',
  'Print the file with the certificate authority to trust': '신뢰할 인증 기관이 있는 파일을 출력합니다',
  'Of the emulator that is running; where none is, of the one that "aml-auth emulator up --keep" uses, which is made if need be. That one may vouch for localhost and nothing else.':
    '실행 중인 에뮬레이터의 것입니다. 없으면 "aml-auth emulator up --keep"이 쓰는 것이며 필요하면 만듭니다. 이 기관은 localhost만 보증할 수 있습니다.',
  'What the emulator starts with': '에뮬레이터가 시작할 때의 내용',
  'List everything that is wrong with a seed file': '시드 파일에서 잘못된 것을 모두 보여 줍니다',
  'Lists every problem with its place in the file: settings that do not exist and values that are not allowed; once there are none of these, names that refer to nothing or stand twice. Ends with 0 where the emulator starts with the file, and with 2 otherwise.':
    '문제마다 파일에서의 위치를 보여 줍니다. 없는 설정과 허용되지 않는 값을 먼저, 그다음 가리키는 것이 없거나 두 번 나오는 이름을 찾습니다. 에뮬레이터가 이 파일로 시작할 수 있으면 0, 아니면 2로 끝납니다.',
  'YAML or JSON file': 'YAML 또는 JSON 파일',
};
