/** Texts of the questions about access, by their English wording. */
export const accessTexts: Readonly<Record<string, string>> = {
  'Say whether somebody may do something, and why': '누가 무엇을 할 수 있는지, 왜 그런지 알려 줍니다',
  'Reads role assignments, role definitions and deny assignments, and decides as Azure RBAC does. Ends with 0 where it is allowed and with 5 where it is not, or where that cannot be known.':
    '역할 할당, 역할 정의, 거부 할당을 읽고 Azure RBAC처럼 판단합니다. 허용되면 0, 허용되지 않거나 알 수 없으면 5로 끝납니다.',
  'Object id of the user, group or service principal (default: who is signed in)':
    '사용자, 그룹 또는 서비스 주체의 개체 ID (기본값: 로그인한 사람)',
  'Resource id that it is about (default: that of the workspace)': '대상 리소스 ID (기본값: 작업 영역)',
  'JSON file with role assignments and definitions; nobody is asked then':
    '역할 할당과 정의가 있는 JSON 파일. 이때는 아무 데도 묻지 않습니다',
  'The operation is one of the data plane': '데이터 영역의 작업입니다',
  'Operation, such as Microsoft.MachineLearningServices/workspaces/jobs/write':
    '작업. 예: Microsoft.MachineLearningServices/workspaces/jobs/write',
  'List everybody who may do something': '무엇을 할 수 있는 모두를 나열합니다',
  'Lists the principals by their object ids: who is allowed, who is allowed after an activation, and about whom it cannot be known. Members of a group are not known to the Azure Resource Manager: the group is listed.':
    '주체를 개체 ID로 나열합니다: 허용된 주체, 활성화하면 허용되는 주체, 알 수 없는 주체. Azure Resource Manager는 그룹의 구성원을 모르므로 그룹이 나옵니다.',
  'List what somebody may do in Azure Machine Learning':
    'Azure Machine Learning에서 할 수 있는 일을 나열합니다',
  'Goes through the published operations of Azure Machine Learning and decides each.':
    '공개된 Azure Machine Learning 작업을 하나씩 판단합니다.',
  'Find the roles that allow something and give the least away':
    '필요한 것을 허용하면서 가장 적게 주는 역할을 찾습니다',
  'Looks at the built-in roles, and drafts a custom role with exactly what is needed. Takes operations, or the name of an activity such as submitJob. Asks nobody.':
    '기본 제공 역할을 살피고, 꼭 필요한 것만 있는 사용자 지정 역할의 초안을 만듭니다. 작업 또는 submitJob 같은 활동 이름을 받습니다. 아무 데도 묻지 않습니다.',
  'Activity of the documentation of Azure Machine Learning, such as submitJob':
    'Azure Machine Learning 문서의 활동. 예: submitJob',
  'Operation of the data plane; may stand several times': '데이터 영역의 작업. 여러 번 쓸 수 있습니다',
  'Where the custom role may be assigned; may stand several times':
    '사용자 지정 역할을 할당할 수 있는 곳. 여러 번 쓸 수 있습니다',
  'Name of the custom role': '사용자 지정 역할의 이름',
  'Operations or patterns that are needed': '필요한 작업 또는 패턴',
  'Say what an error of Azure means, and what helps': 'Azure 오류의 뜻과 해결 방법을 알려 줍니다',
  'Takes the text of an error, a file with it, or - for standard input: refusals of the Azure Resource Manager, AADSTS numbers of Microsoft Entra ID, and codes of aml-auth. Asks nobody. Ends with 6 where it knows nothing about the text.':
    '오류의 글, 그 파일, 또는 표준 입력(-)을 받습니다: Azure Resource Manager의 거부, Microsoft Entra ID의 AADSTS 번호, aml-auth의 코드. 아무 데도 묻지 않습니다. 아는 것이 없으면 6으로 끝납니다.',
  'Text of the error, a file, or -': '오류의 글, 파일 또는 -',
  'Azure roles': 'Azure 역할',
  'Say what is wrong with a custom role before it is made':
    '사용자 지정 역할을 만들기 전에 잘못된 것을 알려 줍니다',
  'Reads the JSON of the Azure CLI or of the Azure Resource Manager. Finds what Azure refuses, what has no effect, and what gives more away than it seems. Ends with 2 where there is an error. Asks nobody.':
    'Azure CLI나 Azure Resource Manager의 JSON을 읽습니다. Azure가 거부할 것, 효과가 없는 것, 보기보다 많이 주는 것을 찾습니다. 오류가 있으면 2로 끝납니다. 아무 데도 묻지 않습니다.',
  'JSON file with the role, - for standard input': '역할이 있는 JSON 파일, 표준 입력은 -',
};
