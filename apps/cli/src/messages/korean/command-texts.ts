/** Texts of commands, by their English wording. */
export const commandTexts: Readonly<Record<string, string>> = {
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
