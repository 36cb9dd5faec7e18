/** Texts of `exec` and `serve`, by their English wording. */
export const identityTexts: Readonly<Record<string, string>> = {
  'Run a program that gets tokens as from a managed identity':
    '관리 ID에서처럼 토큰을 받는 프로그램을 실행합니다',
  'Serves tokens of the account on 127.0.0.1 while the program runs, and tells it where by the variables that every Azure SDK reads: ManagedIdentityCredential and DefaultAzureCredential work as they are, in any language. No token stands in an argument or a variable. Ends with the exit code of the program. Put -- before the program.':
    '프로그램이 도는 동안 127.0.0.1에서 계정의 토큰을 제공하고, 모든 Azure SDK가 읽는 변수로 그 위치를 알려 줍니다. ManagedIdentityCredential과 DefaultAzureCredential을 어느 언어에서나 그대로 쓸 수 있습니다. 인수나 변수에 토큰이 들어가지 않습니다. 프로그램의 종료 코드로 끝납니다. 프로그램 앞에 --를 쓰세요.',
  'The managed identity that is stood in for': '대신할 관리 ID의 방식',
  'Another resource that tokens are given for, such as https://storage.azure.com; may stand several times':
    '토큰을 더 줄 리소스. 예: https://storage.azure.com. 여러 번 쓸 수 있습니다',
  'Give tokens for every resource': '모든 리소스의 토큰을 줍니다',
  'Serve tokens as a managed identity does, until Ctrl-C': '관리 ID처럼 토큰을 제공합니다. Ctrl-C로 끝냅니다',
  'Prints the variables with which programs of this machine find the endpoint; they hold a secret, and no token. For dev containers that share the network of the machine, and for programs that another one starts. Ends when the program that started it does.':
    '이 컴퓨터의 프로그램이 엔드포인트를 찾는 변수를 출력합니다. 비밀은 들어 있지만 토큰은 없습니다. 컴퓨터의 네트워크를 함께 쓰는 개발 컨테이너와, 다른 프로그램이 시작하는 프로그램을 위한 것입니다. 자신을 시작한 프로그램이 끝나면 함께 끝납니다.',
};
