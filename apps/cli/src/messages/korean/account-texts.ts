/** Texts of accounts and tokens, by their English wording. */
export const accountTexts: Readonly<Record<string, string>> = {
  'Sign in, and keep the account for later commands': '로그인하고 다음 명령을 위해 계정을 보관합니다',
  'Signs in and makes the account the one that commands use. Without a flag a person signs in: in the browser, or with a code where there is none. Tokens are kept sealed; a client secret never is.':
    '로그인하고 그 계정을 명령이 쓸 계정으로 삼습니다. 옵션이 없으면 사람이 브라우저로, 브라우저가 없으면 코드로 로그인합니다. 토큰은 암호화해 보관하고 클라이언트 비밀은 보관하지 않습니다.',
  'Sign a person in in the browser of this machine': '이 컴퓨터의 브라우저로 사람이 로그인합니다',
  'Sign a person in with a code on another device': '다른 기기에 코드를 입력해 사람이 로그인합니다',
  'Sign in as a service principal; its secret is asked for where no file is named':
    '서비스 주체로 로그인합니다. 파일이 없으면 비밀을 묻습니다',
  'File with the client secret, which is read again when it is needed; - for standard input':
    '클라이언트 비밀이 있는 파일. 필요할 때 다시 읽습니다. 표준 입력은 -',
  'File with certificate and key of the service principal (PEM or PFX)':
    '서비스 주체의 인증서와 키가 있는 파일 (PEM 또는 PFX)',
  'File with the password of its key (default: AZURE_CLIENT_CERTIFICATE_PASSWORD)':
    '키의 암호가 있는 파일 (기본값: AZURE_CLIENT_CERTIFICATE_PASSWORD)',
  'Sign in as an application that trusts this GitHub Actions job, or a token file':
    '이 GitHub Actions 작업이나 토큰 파일을 신뢰하는 애플리케이션으로 로그인합니다',
  'File with the token that the application trusts': '애플리케이션이 신뢰하는 토큰이 있는 파일',
  'Sign in as the managed identity of this machine': '이 컴퓨터의 관리 ID로 로그인합니다',
  'Use whoever is signed in to the Azure CLI': 'Azure CLI에 로그인한 사람을 씁니다',
  'Sign in to the emulator that "aml-auth emulator up" runs':
    '"aml-auth emulator up"이 실행 중인 에뮬레이터에 로그인합니다',
  'Client id of the service principal, the managed identity, or the public client that people use':
    '서비스 주체, 관리 ID 또는 사람이 쓰는 공용 클라이언트의 클라이언트 ID',
  'Object id of a user-assigned managed identity': '사용자 할당 관리 ID의 개체 ID',
  'Resource id of a user-assigned managed identity': '사용자 할당 관리 ID의 리소스 ID',
  'User name that the sign-in page is filled in with': '로그인 페이지에 미리 채울 사용자 이름',
  'What the account is called here (default: its user name or client id)':
    '여기서 쓸 계정 이름 (기본값: 사용자 이름 또는 클라이언트 ID)',
  'Keep tokens in the clear where there is no key to seal them with':
    '암호화할 키가 없으면 토큰을 그대로 보관합니다',
  'How to print the account': '계정을 출력하는 형식',
  'Forget an account and its tokens': '계정과 토큰을 잊습니다',
  'Removes the account, its sign-in and its tokens from this machine: the one that is named, or the current one. Tokens that other programs hold work until they expire.':
    '지정한 계정이나 현재 계정의 로그인과 토큰을 이 컴퓨터에서 지웁니다. 다른 프로그램이 가진 토큰은 만료될 때까지 쓸 수 있습니다.',
  'Forget every account': '모든 계정을 잊습니다',
  'Account to forget (default: the current one)': '잊을 계정 (기본값: 현재 계정)',
  'Accounts that have signed in here': '여기서 로그인한 계정',
  'List the accounts that have signed in here': '여기서 로그인한 계정을 나열합니다',
  'Shows each account, how it signs in, and where its tokens are kept. Asks nobody.':
    '계정마다 로그인 방법과 토큰을 보관하는 곳을 보여 줍니다. 아무 데도 묻지 않습니다.',
  'Show an account, and whether it still signs in': '계정과, 아직 로그인할 수 있는지 보여 줍니다',
  'Asks for a token and says whether there is one, until when, and where tokens are kept. Ends with 4 where the account must sign in again.':
    '토큰을 요청해서 받을 수 있는지, 언제까지인지, 토큰을 어디에 보관하는지 알려 줍니다. 다시 로그인해야 하면 4로 끝납니다.',
  'Account to show (default: the current one)': '보여 줄 계정 (기본값: 현재 계정)',
  'Use another account from now on': '이제부터 다른 계정을 씁니다',
  'Without a name, and with two accounts, it is the other one.':
    '이름이 없고 계정이 둘이면 다른 하나를 씁니다.',
  'Account to use': '쓸 계정',
  'Azure subscriptions': 'Azure 구독',
  'List the subscriptions that you may see': '볼 수 있는 구독을 나열합니다',
  'Account of "aml-auth account list" (default: AML_AUTH_ACCOUNT, the current one)':
    '"aml-auth account list"의 계정 (기본값: AML_AUTH_ACCOUNT, 현재 계정)',
  'Choose the subscription that commands of an account use': '계정의 명령이 쓸 구독을 고릅니다',
  'Looks whether the account may see it. Flags, environment and settings still count more.':
    '계정이 볼 수 있는 구독인지 확인합니다. 옵션, 환경, 설정이 더 우선합니다.',
  'Id or name of the subscription': '구독의 ID 또는 이름',
  'Microsoft Entra tenants': 'Microsoft Entra 테넌트',
  'List the tenants that you belong to': '속한 테넌트를 나열합니다',
  'Print an access token': '액세스 토큰을 출력합니다',
  'Prints the token and a line end on standard output, and nothing else; --format gives it the shape that another program reads. The token is a secret: hand it to a program, not to a log. "aml-auth exec" spares you to print it.':
    '표준 출력에 토큰과 줄바꿈만 출력합니다. --format은 다른 프로그램이 읽는 형식으로 바꿉니다. 토큰은 비밀입니다. 로그가 아니라 프로그램에 넘기세요. "aml-auth exec"를 쓰면 출력할 필요가 없습니다.',
  'Scope of the token (default: that of Azure Machine Learning in the cloud)':
    '토큰의 범위 (기본값: 이 클라우드의 Azure Machine Learning)',
  'The same as a resource, such as https://management.azure.com':
    '범위를 리소스로 지정. 예: https://management.azure.com',
  'Shape of the output (default: raw, and json with --output or --query)':
    '출력의 형식 (기본값: raw, --output이나 --query가 있으면 json)',
  'Fetch a new token where the kept one ends sooner, such as 90s, 10m or 1h':
    '보관한 토큰이 이보다 먼저 끝나면 새로 받습니다. 예: 90s, 10m, 1h',
  'How to print the object of a format': '형식의 객체를 출력하는 방법',
};
