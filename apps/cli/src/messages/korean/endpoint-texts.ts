/** Texts of `endpoint …`, by their English wording. */
export const endpointTexts: Readonly<Record<string, string>> = {
  'Online endpoints of a workspace': '작업 영역의 온라인 엔드포인트',
  'List the online endpoints of a workspace': '작업 영역의 온라인 엔드포인트를 나열합니다',
  'Show an online endpoint and its deployments': '온라인 엔드포인트와 배포를 보여 줍니다',
  'What its callers prove themselves with, where it is, and which deployment gets how much.':
    '호출하는 쪽이 무엇으로 인증하는지, 주소가 어디인지, 어느 배포가 트래픽을 얼마나 받는지 보여 줍니다.',
  'Name of the online endpoint': '온라인 엔드포인트 이름',
  'Call an online endpoint, and print what it answers as it is':
    '온라인 엔드포인트를 호출하고 응답을 그대로 출력합니다',
  'Proves itself with what the endpoint asks for: a key, a token of Azure Machine Learning, or a Microsoft Entra token of who is signed in. Key and token are read from the Azure Resource Manager, sent to the endpoint over https, and printed nowhere. The input is a file, standard input or --data, and goes out as it is.':
    '엔드포인트가 요구하는 것으로 인증합니다: 키, Azure Machine Learning의 토큰, 또는 로그인한 사용자의 Microsoft Entra 토큰. 키와 토큰은 Azure Resource Manager에서 읽어 https로 엔드포인트에 보내고 어디에도 출력하지 않습니다. 입력은 파일, 표준 입력 또는 --data이며 그대로 보냅니다.',
  'The input itself, in place of a file': '파일 대신 입력 자체',
  'The deployment that is to answer (default: as the traffic says)':
    '응답할 배포 (기본값: 트래픽 설정에 따름)',
  'What the input is (default: application/json, which is checked)':
    '입력의 종류 (기본값: application/json, 보내기 전에 확인합니다)',
  'When a call is repeated; safe: only where the model has not seen it':
    '호출을 다시 하는 경우. safe: 모델이 요청을 받지 않았을 때만',
  'For the call with all its attempts, such as 90s (default: 190s)':
    '다시 시도하는 것까지 포함한 호출 시간. 예: 90s (기본값: 190s)',
  'Name the deployment that answered on standard error': '응답한 배포를 표준 오류에 알려 줍니다',
  'File with the input, - for standard input': '입력이 있는 파일, 표준 입력은 -',
};
