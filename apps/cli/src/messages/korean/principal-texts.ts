/** Texts of `sp …`, by their English wording. */
export const principalTexts: Readonly<Record<string, string>> = {
  'Service principals': '서비스 주체',
  'Credentials of an application': '애플리케이션의 자격 증명',
  'Make a service principal with a credential and a role': '자격 증명과 역할이 있는 서비스 주체를 만듭니다',
  'What az ad sp create-for-rbac is for: with --unique-name it is safe to repeat, credentials that are there stay, and where a step fails those before it are undone. A role without --scopes is given at the workspace. A secret or private key is told this once. With --sdk-auth the output is the JSON of az, byte for byte.':
    'az ad sp create-for-rbac가 하는 일입니다. --unique-name이면 다시 실행해도 안전하고, 있던 자격 증명은 그대로 두며, 한 단계가 실패하면 앞의 단계를 되돌립니다. --scopes 없이 역할만 주면 작업 영역에 줍니다. 비밀이나 개인 키는 이번 한 번만 알려 줍니다. --sdk-auth이면 az의 JSON과 바이트까지 같습니다.',
  'Display name; a new application each time': '표시 이름. 매번 새 애플리케이션을 만듭니다',
  'Name that no other application has; made where it is missing':
    '다른 애플리케이션에 없는 고유 이름. 없으면 만듭니다',
  'Application id of one that is there': '이미 있는 애플리케이션의 ID',
  'Role by name or id (default: none)': '역할의 이름 또는 ID (기본값: 없음)',
  'Resource id at which the role is given; may stand several times':
    '역할을 줄 리소스 ID. 여러 번 쓸 수 있습니다',
  'Print what az prints with --sdk-auth (--json-auth)':
    'az가 --sdk-auth(--json-auth)로 출력하는 것을 출력합니다',
  'Kind of the credential (default: what the other options say, else certificate)':
    '자격 증명의 종류 (기본값: 다른 옵션에 따름, 아니면 certificate)',
  'Name of the credential (default: rbac)': '자격 증명의 이름 (기본값: rbac)',
  'Days until it ends (default: 365 of a certificate, 90 of a secret)':
    '만료까지의 일수 (기본값: 인증서 365, 비밀 90)',
  'PEM file with a certificate of yours, in place of a new one': '새로 만드는 대신 쓸 자신의 인증서 PEM 파일',
  'New file for the secret or private key, for your eyes only':
    '비밀이나 개인 키를 쓸 새 파일. 본인만 읽을 수 있습니다',
  'Repository whose runs of GitHub Actions may sign in': 'GitHub Actions 실행이 로그인할 수 있는 저장소',
  'Only runs of this branch': '이 브랜치의 실행만',
  'Only runs of this tag': '이 태그의 실행만',
  'Only runs of this environment': '이 환경의 실행만',
  'Only runs of pull requests': '풀 리퀘스트의 실행만',
  'Issuer (iss) of another identity provider whose tokens may sign in':
    '토큰으로 로그인할 수 있는 다른 ID 공급자의 발급자(iss)',
  'Subject (sub) of those tokens': '그 토큰의 주체(sub)',
  'Show a service principal, its application and credentials':
    '서비스 주체와 그 애플리케이션, 자격 증명을 보여 줍니다',
  'Application id, object id or unique name; never a display name, which several may share':
    '애플리케이션 ID, 개체 ID 또는 고유 이름. 여럿이 같을 수 있는 표시 이름은 쓸 수 없습니다',
  'List the service principals of the tenant': '테넌트의 서비스 주체를 나열합니다',
  'There are hundreds in any tenant, most of them those of Microsoft.':
    '어느 테넌트에나 수백 개가 있고 대부분은 Microsoft의 것입니다.',
  'Only those whose name begins so': '이름이 이렇게 시작하는 것만',
  'OData filter of Microsoft Graph': 'Microsoft Graph의 OData 필터',
  'Delete a service principal with its role assignments and application':
    '서비스 주체를 역할 할당, 애플리케이션과 함께 삭제합니다',
  'Role assignments go first: Azure leaves them behind otherwise, as those of an unknown identity. Doing it again is no error. The directory keeps a deleted application for 30 days.':
    '역할 할당을 먼저 지웁니다. 그러지 않으면 Azure에 알 수 없는 ID의 할당으로 남습니다. 다시 실행해도 오류가 아닙니다. 삭제한 애플리케이션은 디렉터리에 30일 동안 남습니다.',
  'Resource id at and below which its role assignments go; may stand several times (default: the subscription)':
    '이 리소스 ID와 그 아래의 역할 할당을 지웁니다. 여러 번 쓸 수 있습니다 (기본값: 구독)',
  'Leave the application with its credentials': '애플리케이션과 그 자격 증명은 남깁니다',
  'List the secrets, certificates and federated credentials of an application':
    '애플리케이션의 비밀, 인증서, 페더레이션 자격 증명을 나열합니다',
  'Add a credential to an application': '애플리케이션에 자격 증명을 추가합니다',
  'Those that it has stay. A certificate or federated credential that it has already is no error; a secret is a new one each time, and told this once.':
    '있던 것은 그대로 둡니다. 이미 있는 인증서나 페더레이션 자격 증명은 오류가 아닙니다. 비밀은 매번 새로 만들고 이번 한 번만 알려 줍니다.',
  'Remove one credential of an application': '애플리케이션의 자격 증명 하나를 제거합니다',
  'The others stay. One that is not there is no error.':
    '다른 것은 그대로 둡니다. 없는 것은 오류가 아닙니다.',
  'Id of the credential, from "aml-auth sp credential list"':
    '"aml-auth sp credential list"에 나오는 자격 증명 ID',
  'Put a new secret or certificate in place of the old one': '옛 비밀이나 인증서를 새것으로 바꿉니다',
  'Adds the new one, signs in with it, and only then removes the old ones: those of the same kind and name, or those of --replace. Where the sign-in is refused the new one goes and the old ones stay. Ends with 1 where an old one could not be removed.':
    '새것을 추가하고 그것으로 로그인한 다음에야 옛것을 제거합니다. 옛것은 종류와 이름이 같은 것, 또는 --replace의 것입니다. 로그인이 거부되면 새것을 지우고 옛것을 남깁니다. 옛것을 제거하지 못하면 1로 끝납니다.',
  'Id of a credential that goes; may stand several times': '제거할 자격 증명 ID. 여러 번 쓸 수 있습니다',
  'Leave the old ones for now': '옛것을 당분간 남깁니다',
};
