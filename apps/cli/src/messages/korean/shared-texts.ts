/** Texts of options that many commands have, by their English wording. */
export const sharedTexts: Readonly<Record<string, string>> = {
  'Sign in to Azure Machine Learning, call it, and see who may do what.':
    'Azure Machine Learning에 로그인하고, 호출하고, 누가 무엇을 할 수 있는지 봅니다.',
  'Language of texts for people': '사람이 읽는 글의 언어',
  'Do it without a question': '묻지 않고 실행합니다',
  'Whether a person may be asked': '사람에게 물어도 되는지',
  'Whether terminals get colours (NO_COLOR does the same)': '터미널에 색을 쓸지 (NO_COLOR도 같음)',
  'How to print the result; json is for programs': '결과를 출력하는 형식. json은 프로그램용',
  'Print only this part of the JSON result (JMESPath)': 'JSON 결과에서 이 부분만 출력 (JMESPath)',
  'Tenant id or domain (default: AZURE_TENANT_ID)': '테넌트 ID 또는 도메인 (기본값: AZURE_TENANT_ID)',
  'Application (client) id of the service principal (default: AZURE_CLIENT_ID)':
    '서비스 주체의 애플리케이션(클라이언트) ID (기본값: AZURE_CLIENT_ID)',
  'File with the client secret, - for standard input (default: AZURE_CLIENT_SECRET)':
    '클라이언트 비밀이 있는 파일, 표준 입력은 - (기본값: AZURE_CLIENT_SECRET)',
  'AzureCloud, AzureChinaCloud, AzureUSGovernment, or the https URL of a metadata document (default: ARM_CLOUD_METADATA_URL, AZURE_AUTHORITY_HOST)':
    'AzureCloud, AzureChinaCloud, AzureUSGovernment 또는 메타데이터 문서의 https URL (기본값: ARM_CLOUD_METADATA_URL, AZURE_AUTHORITY_HOST)',
  'Subscription id (default: AZUREML_ARM_SUBSCRIPTION, AZURE_SUBSCRIPTION_ID)':
    '구독 ID (기본값: AZUREML_ARM_SUBSCRIPTION, AZURE_SUBSCRIPTION_ID)',
  'Resource group (default: AZUREML_ARM_RESOURCEGROUP)': '리소스 그룹 (기본값: AZUREML_ARM_RESOURCEGROUP)',
  'Name of the workspace (default: AZUREML_ARM_WORKSPACE_NAME)':
    '작업 영역 이름 (기본값: AZUREML_ARM_WORKSPACE_NAME)',
  'The program and its arguments, after --': '-- 뒤에 오는 프로그램과 인수',
};
