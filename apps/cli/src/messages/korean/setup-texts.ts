/** Texts of `setup …`, by their English wording. */
export const setupTexts: Readonly<Record<string, string>> = {
  'Other programs that get their tokens from here': '여기서 토큰을 받는 다른 프로그램',
  'Write it into this file, which keeps all else that is in it':
    '이 파일에 씁니다. 파일의 다른 내용은 그대로 둡니다',
  'Let kubectl get its tokens from here': 'kubectl이 여기서 토큰을 받게 합니다',
  'Prints a kubeconfig with a user whose exec plugin is "aml-auth token". With --write or --file that user is merged into a kubeconfig: all else in it stays, comments too, and a backup is kept. A user of that name that differs is replaced only with --yes or after a question.':
    'exec 플러그인이 "aml-auth token"인 사용자가 든 kubeconfig를 출력합니다. --write나 --file이면 그 사용자를 kubeconfig에 합칩니다. 주석을 포함한 다른 내용은 그대로 두고 백업을 남깁니다. 이름이 같고 내용이 다른 사용자는 --yes를 주거나 물음에 답한 뒤에만 바꿉니다.',
  'Name of the user in the kubeconfig': 'kubeconfig의 사용자 이름',
  'Scope of the token; the default is that of Azure Kubernetes Service':
    '토큰의 범위. 기본값은 Azure Kubernetes Service의 범위',
  'Account that the plugin signs in with (default: the current one at that time)':
    '플러그인이 쓸 계정 (기본값: 실행할 때의 현재 계정)',
  'Write it into the kubeconfig that kubectl reads (KUBECONFIG, or ~/.kube/config)':
    'kubectl이 읽는 kubeconfig(KUBECONFIG 또는 ~/.kube/config)에 씁니다',
  'Let Terraform get its tokens from here': 'Terraform이 여기서 토큰을 받게 합니다',
  'Prints a provider block of azurerm for running under "aml-auth exec", and on standard error the command that runs it. With --file it is written to a new file; one that is there stays unless you say yes, and then a backup is kept. A folder that has such a block already is refused, as Terraform allows one.':
    '"aml-auth exec"로 실행하기 위한 azurerm 공급자 블록을 출력하고, 실행할 명령은 표준 오류에 출력합니다. --file이면 새 파일에 씁니다. 이미 있는 파일은 예라고 답할 때만 바꾸고 백업을 남깁니다. Terraform은 블록을 하나만 허용하므로, 폴더에 이미 있으면 거부합니다.',
  'Let Python get its tokens from here': 'Python이 여기서 토큰을 받게 합니다',
  'Prints a program of the standard library alone that gets a token under "aml-auth exec" and says for whom it is, and on standard error the command that runs it. With azure-identity nothing is needed but that command: DefaultAzureCredential finds the tokens. With --file it is written to a new file.':
    '표준 라이브러리만으로 "aml-auth exec" 아래에서 토큰을 받고 누구의 것인지 알려 주는 프로그램을 출력하고, 실행할 명령은 표준 오류에 출력합니다. azure-identity를 쓰면 그 명령만 있으면 됩니다. DefaultAzureCredential이 토큰을 찾습니다. --file이면 새 파일에 씁니다.',
  'Let Java get its tokens from here': 'Java가 여기서 토큰을 받게 합니다',
  'Prints a program of the class library alone (Java 11 or later) that gets a token under "aml-auth exec" and says for whom it is, and on standard error the command that runs it. With azure-identity nothing is needed but that command: DefaultAzureCredentialBuilder finds the tokens. With --file it is written to a new file.':
    '클래스 라이브러리만으로(Java 11 이상) "aml-auth exec" 아래에서 토큰을 받고 누구의 것인지 알려 주는 프로그램을 출력하고, 실행할 명령은 표준 오류에 출력합니다. azure-identity를 쓰면 그 명령만 있으면 됩니다. DefaultAzureCredentialBuilder가 토큰을 찾습니다. --file이면 새 파일에 씁니다.',
  'Let what Visual Studio Code starts get its tokens from here':
    'Visual Studio Code가 시작하는 프로그램이 여기서 토큰을 받게 합니다',
  'Prints one of its files: tasks that run the open file under "aml-auth exec" and serve tokens, a launch configuration that debugs Node.js under it, or a dev container that shares the network of the machine and is handed the variables of "aml-auth serve". With --write or --file a new file is made; one that is there stays, and the failure shows what to add to it.':
    '파일 하나를 출력합니다. 열린 파일을 "aml-auth exec"로 실행하고 토큰을 제공하는 작업, 그 아래에서 Node.js를 디버그하는 시작 구성, 또는 컴퓨터의 네트워크를 함께 쓰고 "aml-auth serve"의 변수를 받는 개발 컨테이너입니다. --write나 --file이면 새 파일을 만듭니다. 이미 있는 파일은 그대로 두고, 더할 내용을 오류에서 보여 줍니다.',
  'Which file': '어느 파일인지',
  'Make this file': '이 파일을 만듭니다',
  'Make the file where Visual Studio Code looks for it, in this folder':
    '이 폴더에서 Visual Studio Code가 찾는 곳에 파일을 만듭니다',
};
