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
};
