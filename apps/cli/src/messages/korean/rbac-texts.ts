/** Texts of `workspace share …`, `access …`, `identity …`, `ca …`, `role assignment …` and `role definition …`. */
export const rbacTexts: Readonly<Record<string, string>> = {
  'Give somebody a role at a workspace': '누군가에게 작업 영역의 역할을 줍니다',
  'All or nothing, and doing it again is no error. The receipt is written before the first change and after each one: "aml-auth workspace unshare --receipt" takes back what was given then, and nothing that was there before.':
    '전부 되거나 아무것도 바뀌지 않으며, 다시 실행해도 오류가 아닙니다. 영수증은 첫 변경 전과 변경마다 씁니다. "aml-auth workspace unshare --receipt"는 그때 준 것만 거두고 전부터 있던 것은 그대로 둡니다.',
  'Who: object id, application id, user principal name, or the name of a group or application':
    '대상: 개체 ID, 애플리케이션 ID, 사용자 계정 이름, 그룹이나 애플리케이션의 이름',
  'Kind of an object id: then Microsoft Graph is not asked':
    '개체 ID의 종류. 주면 Microsoft Graph에 묻지 않습니다',
  'Role by name or id (default: AzureML Data Scientist)':
    '역할의 이름 또는 ID (기본값: AzureML Data Scientist)',
  'Also at storage account, key vault, container registry and Application Insights: read or write for all, or storage=read, registry=AcrPull … one by one':
    '스토리지 계정, 키 자격 증명 모음, 컨테이너 레지스트리, Application Insights에도: 모두에 read나 write, 또는 storage=read, registry=AcrPull … 하나씩',
  'Wait until Azure lists what was given, ten minutes at most':
    '준 것이 Azure의 목록에 나올 때까지 기다립니다. 길어도 10분',
  'File that says what was given, to take it back with': '무엇을 주었는지 적는 파일. 나중에 거둘 때 씁니다',
  'Take the access to a workspace back': '작업 영역의 액세스를 거둡니다',
  'With a receipt: what was given then, and nothing that was there before. Without one: this role of this principal at the workspace, whoever gave it. What is not there is no error.':
    '영수증이 있으면 그때 준 것만 거두고 전부터 있던 것은 그대로 둡니다. 없으면 누가 주었든 이 주체의 이 역할을 거둡니다. 없는 것은 오류가 아닙니다.',
  'List who has which role at a workspace, and from where':
    '작업 영역에서 누가 어떤 역할을 어디에서 받았는지 나열합니다',
  'Also roles from above: resource group, subscription and management groups. Names of people and groups come from Microsoft Graph; --no-names leaves it alone.':
    '리소스 그룹, 구독, 관리 그룹에서 온 역할도 포함합니다. 사람과 그룹의 이름은 Microsoft Graph에서 찾습니다. --no-names이면 묻지 않습니다.',
  'Whether names are looked up in Microsoft Graph': 'Microsoft Graph에서 이름을 찾을지',
  'Access as a file': '파일로 적은 액세스',
  'Compare the access that is with the access that should be':
    '지금의 액세스와 있어야 할 액세스를 비교합니다',
  'Changes nothing. Ends with 0 where all is as written, and with 3 where there is a step to take, something that nobody wrote down, or a problem.':
    '아무것도 바꾸지 않습니다. 모두 적힌 대로이면 0, 할 단계나 적히지 않은 것이나 문제가 있으면 3으로 끝납니다.',
  'File of "aml-auth access collect"; nobody is asked then':
    '"aml-auth access collect"의 파일. 이때는 아무 데도 묻지 않습니다',
  'YAML or JSON file with the access that should be, - for standard input':
    '있어야 할 액세스를 적은 YAML 또는 JSON 파일, 표준 입력은 -',
  'Make the access what it should be': '액세스를 있어야 할 대로 만듭니다',
  'Plans, shows the steps on standard error, asks, and takes them one after the other. A plan with problems is not begun. Each step is safe to repeat; where one fails, a new plan has what is left.':
    '계획하고, 단계를 표준 오류에 보여 주고, 물어본 뒤 하나씩 실행합니다. 문제가 있는 계획은 시작하지 않습니다. 단계는 다시 실행해도 안전하고, 실패하면 새 계획에 남은 것이 있습니다.',
  'Read who has which access into one JSON object': '누가 어떤 액세스를 갖는지 JSON 객체 하나로 읽습니다',
  'Roles, assignments and deny assignments at, above and below the scopes, for questions and plans without Azure (--snapshot). What may not be read is named in it. It holds no secret; --redact takes out object ids and texts.':
    '범위와 그 위아래의 역할, 할당, 거부 할당입니다. Azure 없이 묻고 계획할 때 씁니다(--snapshot). 읽을 수 없는 것은 그 안에 적습니다. 비밀은 없습니다. --redact는 개체 ID와 글을 뺍니다.',
  'Resource id; may stand several times (default: the subscription)':
    '리소스 ID. 여러 번 쓸 수 있습니다 (기본값: 구독)',
  'Also who is in the groups that have access': '액세스가 있는 그룹의 구성원도',
  'Resource provider whose operations are read; may stand several times':
    '작업을 읽을 리소스 공급자. 여러 번 쓸 수 있습니다',
  'Numbers in place of object ids, and no texts': '개체 ID 대신 번호를 쓰고 글은 뺍니다',
  'With --redact: no names of resources either': '--redact와 함께: 리소스 이름도 뺍니다',
  'File to write to, in place of standard output': '표준 출력 대신 쓸 파일',
  'Managed identities': '관리 ID',
  'Show the managed identity by which something runs': '무언가가 실행되는 관리 ID를 보여 줍니다',
  'Changes nothing, and asks the Azure Resource Manager alone. Ends with 6 where there is none.':
    '아무것도 바꾸지 않고 Azure Resource Manager에만 묻습니다. 없으면 6으로 끝납니다.',
  'Which one: system, or the resource id of a user-assigned one (default: the system-assigned one where it is on)':
    '어느 것인지: system 또는 사용자 할당 ID의 리소스 ID (기본값: 켜져 있으면 시스템 할당 ID)',
  'Resource id of a virtual machine, compute, endpoint, workspace or user-assigned identity':
    '가상 머신, 컴퓨팅, 엔드포인트, 작업 영역 또는 사용자 할당 ID의 리소스 ID',
  'Switch on the managed identity of a virtual machine': '가상 머신의 관리 ID를 켭니다',
  'Its user-assigned identities stay. Where it is on already nothing is changed. Other resources are told how they get one.':
    '사용자 할당 ID는 그대로 둡니다. 이미 켜져 있으면 아무것도 바꾸지 않습니다. 다른 리소스에는 ID를 얻는 방법을 알려 줍니다.',
  'Give a role to the managed identity by which something runs': '무언가가 실행되는 관리 ID에 역할을 줍니다',
  'Whoever runs code there acts with this role. Without --scopes it is given at the workspace. That of a virtual machine is switched on where it is off. Doing it again is no error.':
    '거기서 코드를 실행하는 사람은 누구나 이 역할로 행동합니다. --scopes가 없으면 작업 영역에 줍니다. 가상 머신의 ID는 꺼져 있으면 켭니다. 다시 실행해도 오류가 아닙니다.',
  'Conditional Access': '조건부 액세스',
  'List the Conditional Access policies that reach Azure Machine Learning':
    'Azure Machine Learning에 미치는 조건부 액세스 정책을 나열합니다',
  'Needs Policy.Read.All of Microsoft Graph. Those of which only the directory can tell are listed too.':
    'Microsoft Graph의 Policy.Read.All이 필요합니다. 디렉터리만 알 수 있는 것도 나열합니다.',
  'Also those that do not reach it': '미치지 않는 것도',
  'Say what a Conditional Access policy is for, for whom, and what it wants':
    '조건부 액세스 정책이 무엇을, 누구를 위한 것이고 무엇을 요구하는지 알려 줍니다',
  'Id of the policy': '정책 ID',
  'Say which Conditional Access policies refused a sign-in, and what helps':
    '어느 조건부 액세스 정책이 로그인을 거부했는지, 무엇이 도움이 되는지 알려 줍니다',
  'Reads the error of a file or of standard input, as any program printed it; without one it signs in now. The policies are read where the caller may; their ids and the next step are told in any case. Ends with 4 where a sign-in was refused just now.':
    '파일이나 표준 입력에서 어느 프로그램이 출력한 오류든 읽습니다. 없으면 지금 로그인해 봅니다. 정책은 읽을 수 있을 때 읽고, 그 ID와 다음에 할 일은 언제나 알려 줍니다. 방금 로그인이 거부되었으면 4로 끝납니다.',
  'What is signed in to (default: Azure Machine Learning)': '로그인할 대상 (기본값: Azure Machine Learning)',
  'File with the error, - for standard input': '오류가 있는 파일, 표준 입력은 -',
  'Who has which role': '누가 어떤 역할을 갖는지',
  'What roles allow': '역할이 허용하는 것',
  'List role assignments': '역할 할당을 나열합니다',
  'Those at the scope, above and below it. Names of people and groups come from Microsoft Graph; --no-names leaves it alone.':
    '범위와 그 위아래의 것입니다. 사람과 그룹의 이름은 Microsoft Graph에서 찾습니다. --no-names이면 묻지 않습니다.',
  'Only those at, above or below the scope': '범위의 것, 위의 것 또는 아래의 것만',
  'Also those of the groups that the principal is in': '주체가 속한 그룹의 것도',
  'Role by name or id': '역할의 이름 또는 ID',
  'Resource id (default: the workspace or resource group named, else the subscription)':
    '리소스 ID (기본값: 지정한 작업 영역이나 리소스 그룹, 아니면 구독)',
  'Name of a workspace': '작업 영역 이름',
  'Assign a role': '역할을 할당합니다',
  'Doing it again is no error, and never changes the condition of an assignment that is there. It takes up to ten minutes to be in effect everywhere.':
    '다시 실행해도 오류가 아니며, 있는 할당의 조건은 바꾸지 않습니다. 모든 곳에 적용되기까지 10분까지 걸립니다.',
  'Condition that limits it': '할당을 제한하는 조건',
  'What it is for': '무엇을 위한 것인지',
  'Delete a role assignment': '역할 할당을 삭제합니다',
  'The one with this id, or that of this role to this principal at this very scope. One that is not there is no error.':
    '이 ID의 할당, 또는 바로 이 범위에서 이 주체의 이 역할 할당입니다. 없는 것은 오류가 아닙니다.',
  'Resource id of the assignment': '할당의 리소스 ID',
  'List roles, and what each is for': '역할과 그 용도를 나열합니다',
  'Built-in and custom roles that can be assigned at a scope, in the order of their names. --catalogue and --from need no sign-in and no network.':
    '범위에서 할당할 수 있는 기본 제공 역할과 사용자 지정 역할을 이름순으로 나열합니다. --catalogue와 --from에는 로그인도 네트워크도 필요 없습니다.',
  'Only roles with each of these words in name, id or description':
    '이름, ID, 설명에 이 단어가 모두 있는 역할만',
  'Built-in roles as this program has them; nobody is asked':
    '이 프로그램에 들어 있는 기본 제공 역할. 아무에게도 묻지 않습니다',
  'File of "role sync" or "access collect", - for standard input; nobody is asked':
    '"role sync"나 "access collect"의 파일, 표준 입력은 -. 아무에게도 묻지 않습니다',
  'Show what a role allows, and what it gives away': '역할이 무엇을 허용하고 무엇을 내주는지 보여 줍니다',
  'A row for each pattern: how many operations it covers of those that are known (by default 289 of Azure Machine Learning; with --from those of the file), and whether it gives secrets, code that runs in the cloud, the identity of a machine, or a change of access. -o json has the whole role, with the operations by name.':
    '패턴마다 한 줄: 알려진 작업(기본값은 Azure Machine Learning의 289개, --from이면 파일의 작업) 가운데 몇 개를 포함하는지, 비밀, 클라우드에서 실행되는 코드, 컴퓨터의 ID, 액세스 변경을 내주는지 보여 줍니다. -o json에는 역할 전체와 작업의 이름이 있습니다.',
  'Keep the roles and operations of Azure in a file, and say what has changed':
    'Azure의 역할과 작업을 파일에 두고 무엇이 바뀌었는지 알려 줍니다',
  'Reads the roles that can be assigned at the scope and the operations that resource providers publish, and compares them with what the file had. "role list" and "role show" read it with --from. A file that is something else is not written over. --dry-run writes nothing, and ends with 3 where something has changed.':
    '범위에서 할당할 수 있는 역할과 리소스 공급자가 공개한 작업을 읽어 파일에 있던 것과 비교합니다. "role list"와 "role show"가 --from으로 읽습니다. 다른 파일은 덮어쓰지 않습니다. --dry-run은 아무것도 쓰지 않으며, 바뀐 것이 있으면 3으로 끝납니다.',
  'File to keep it in': '내용을 둘 파일',
  'Compare, and write nothing': '비교만 하고 쓰지 않습니다',
  'List the roles that can be assigned at a scope': '범위에서 할당할 수 있는 역할을 나열합니다',
  'Only the role of this name': '이 이름의 역할만',
  'Only custom roles': '사용자 지정 역할만',
  'Show a role': '역할을 보여 줍니다',
  'Also by a name that a built-in role had before.': '기본 제공 역할의 예전 이름으로도 찾습니다.',
  'Make a custom role from a file': '파일로 사용자 지정 역할을 만듭니다',
  'Reads the JSON of the Azure Resource Manager, of Azure CLI or of PowerShell. Doing it again is no error; a role of that name that is another is never changed.':
    'Azure Resource Manager, Azure CLI, PowerShell의 JSON을 읽습니다. 다시 실행해도 오류가 아니며, 같은 이름의 다른 역할은 바꾸지 않습니다.',
  'Make a custom role what a file says': '사용자 지정 역할을 파일에 적힌 대로 바꿉니다',
  'Finds it by the id in the file, else by its name. Lists are replaced. With -o json the role as it was stands in "before". It takes 15 minutes to an hour to be in effect.':
    '파일의 ID로, 없으면 이름으로 찾습니다. 목록은 통째로 바뀝니다. -o json이면 예전 역할이 "before"에 있습니다. 적용되기까지 15분에서 한 시간 걸립니다.',
  'Delete a custom role': '사용자 지정 역할을 삭제합니다',
  'One that is assigned is not deleted; the error names assignments. One that is not there is no error. With -o json the role as it was is printed.':
    '할당된 역할은 삭제하지 않고 오류에 할당을 알려 줍니다. 없는 것은 오류가 아닙니다. -o json이면 예전 역할을 출력합니다.',
  'Draw who has which access, and who can get more':
    '누가 어떤 권한을 가졌고 누가 더 얻을 수 있는지 그립니다',
  'Writes one HTML file that asks no network: principals, groups, roles, scopes, and ways to give oneself more, with a search and a table. -o json prints the same as data, and writes the file only with --out. The file names people: keep it as you keep them.':
    '네트워크를 쓰지 않는 HTML 파일 하나를 씁니다: 주체, 그룹, 역할, 범위, 스스로 더 얻는 경로, 검색과 표. -o json은 같은 것을 데이터로 출력하고 --out이 있을 때만 파일을 씁니다. 파일에는 사람의 이름이 있으니 그에 맞게 보관하세요.',
  'HTML file to write (default: access-graph.html)': '쓸 HTML 파일 (기본값: access-graph.html)',
  'Open the file in the browser of this machine': '이 컴퓨터의 브라우저에서 파일을 엽니다',
};
