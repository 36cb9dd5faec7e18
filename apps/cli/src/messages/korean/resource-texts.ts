/** Texts of `workspace config`, `compute …` and `rest`, by their English wording. */
export const resourceTexts: Readonly<Record<string, string>> = {
  'Write the config.json by which the SDKs for Python find a workspace':
    'Python SDK가 작업 영역을 찾는 config.json을 씁니다',
  'Looks whether the workspace is there, and writes its ids into .azureml of the folder. With --explain nothing is written: it says which file would count, and what is hidden by it.':
    '작업 영역이 있는지 확인하고 그 ID를 폴더의 .azureml에 씁니다. --explain이면 쓰지 않고 어느 파일이 쓰이고 무엇이 가려지는지 알려 줍니다.',
  'Folder of the project (default: this one)': '프로젝트 폴더 (기본값: 현재 폴더)',
  'Say which file counts': '어느 파일이 쓰이는지 알려 줍니다',
  'Computes of a workspace': '작업 영역의 컴퓨팅',
  'List the computes of a workspace': '작업 영역의 컴퓨팅을 나열합니다',
  'Show a compute': '컴퓨팅을 보여 줍니다',
  'Name of the compute': '컴퓨팅 이름',
  'Make a compute cluster or a compute instance': '컴퓨팅 클러스터나 컴퓨팅 인스턴스를 만듭니다',
  'Waits until it is there; --no-wait does not. A compute of that name is given the new settings. Without an identity a cluster has none, and its jobs can have no token of their own.':
    '만들어질 때까지 기다립니다. --no-wait이면 기다리지 않습니다. 같은 이름의 컴퓨팅이 있으면 설정을 바꿉니다. ID를 주지 않으면 클러스터에 ID가 없어서 작업이 자신의 토큰을 받을 수 없습니다.',
  'What is made': '만들 것',
  'Size of the machines, such as STANDARD_DS3_V2': '머신 크기. 예: STANDARD_DS3_V2',
  'Fewest machines of a cluster (default: 0)': '클러스터의 최소 머신 수 (기본값: 0)',
  'Most machines of a cluster (default: 1)': '클러스터의 최대 머신 수 (기본값: 1)',
  'Give it a managed identity of its own': '자신의 관리 ID를 줍니다',
  'Resource id of a user-assigned managed identity; may stand several times':
    '사용자 할당 관리 ID의 리소스 ID. 여러 번 쓸 수 있습니다',
  'Whether to wait until it is done': '끝날 때까지 기다릴지',
  'Start a compute instance': '컴퓨팅 인스턴스를 시작합니다',
  'Waits until it runs; --no-wait does not.': '실행될 때까지 기다립니다. --no-wait이면 기다리지 않습니다.',
  'Stop a compute instance': '컴퓨팅 인스턴스를 멈춥니다',
  'Waits until it has stopped; --no-wait does not.':
    '멈출 때까지 기다립니다. --no-wait이면 기다리지 않습니다.',
  'Call Azure Resource Manager or Microsoft Graph as it is':
    'Azure Resource Manager나 Microsoft Graph를 그대로 호출합니다',
  'A path is one of the Azure Resource Manager, and needs --api-version. A whole https address may be one of the Resource Manager or of Microsoft Graph of the cloud: the token goes nowhere else. Prints the answer as JSON.':
    '경로는 Azure Resource Manager의 것이며 --api-version이 필요합니다. https 주소 전체는 이 클라우드의 Resource Manager나 Microsoft Graph의 것이어야 합니다. 토큰은 다른 곳으로 가지 않습니다. 응답을 JSON으로 출력합니다.',
  'Method of the request': '요청 메서드',
  'Version of the interface, such as 2022-12-01': '인터페이스 버전. 예: 2022-12-01',
  'File with the JSON to send, - for standard input': '보낼 JSON이 있는 파일, 표준 입력은 -',
  'Follow the pages of a listing to its end': '목록의 페이지를 끝까지 따라갑니다',
  'How to print the answer': '응답을 출력하는 형식',
  'Path or https address': '경로 또는 https 주소',
};
