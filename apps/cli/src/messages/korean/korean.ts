import {
  ArgumentScannerError,
  formatMessageForArgumentScannerError,
  text_en,
  type ApplicationText,
} from '@stricli/core';
import { koreanTexts } from './korean-texts.js';
import type { Messages } from '../messages.js';

const parser: ApplicationText = {
  ...text_en,
  headers: { usage: '사용법', aliases: '별칭', commands: '명령', flags: '옵션', arguments: '인수' },
  keywords: { default: '기본값 =', separator: '구분자 =' },
  briefs: {
    help: '도움말을 출력하고 끝냅니다',
    helpAll: '숨은 명령과 옵션까지 도움말을 출력하고 끝냅니다',
    version: '버전을 출력하고 끝냅니다',
    argumentEscapeSequence: '뒤에 오는 모든 것을 인수로 읽습니다',
  },
  noCommandRegisteredForInput: ({ input, corrections }) =>
    `\`${input}\`이라는 명령은 없습니다.${hint(corrections)}`,
  exceptionWhileParsingArguments: (failure) =>
    failure instanceof ArgumentScannerError
      ? formatMessageForArgumentScannerError(failure, {
          FlagNotFoundError: ({ input, corrections }) =>
            `--${input} 옵션은 없습니다.${hint(corrections.map((name) => `--${name}`))}`,
          AliasNotFoundError: ({ input }) => `-${input} 옵션은 없습니다.`,
          ArgumentParseError: ({ externalFlagNameOrPlaceholder: name, input, exception }) =>
            `${name}의 값 "${input}"을(를) 읽을 수 없습니다: ${exception instanceof Error ? exception.message : String(exception)}`,
          EnumValidationError: ({ externalFlagName: name, input, values }) =>
            `--${name}의 값은 ${values.join(', ')} 중 하나여야 합니다. 받은 값: "${input}"`,
          UnsatisfiedFlagError: ({ externalFlagName: name }) => `--${name} 옵션에 값이 필요합니다.`,
          UnexpectedPositionalError: ({ expectedCount, input }) =>
            `인수가 너무 많습니다. ${expectedCount}개까지 쓸 수 있는데 "${input}"이(가) 더 있습니다.`,
          UnsatisfiedPositionalError: ({ placeholder }) => `인수 ${placeholder}이(가) 필요합니다.`,
          UnexpectedFlagError: ({ externalFlagName: name, previousInput, input }) =>
            `--${name} 옵션은 한 번만 쓸 수 있습니다. 받은 값: "${previousInput}", "${input}"`,
          InvalidNegatedFlagSyntaxError: ({ externalFlagName: name }) =>
            `--${name} 옵션에는 값을 줄 수 없습니다.`,
        })
      : text_en.exceptionWhileParsingArguments(failure, false),
};

/** Korean. */
export const korean: Messages = {
  locale: 'ko',
  labels: { error: '오류', cause: '원인', next: '다음', ids: 'ID', examples: '예' },
  parser,
  commandTexts: koreanTexts,
  errorSummaries: {
    AML_CONFIG_INVALID: '옵션, 설정 또는 인수가 없거나 올바르지 않습니다.',
    AML_NOT_CONFIGURED: '이 로그인 방법이 설정되어 있지 않습니다.',
    AML_UNAVAILABLE: '로그인 방법은 설정되어 있지만 여기서 쓸 수 없습니다.',
    AML_CHAIN_EXHAUSTED: '여기서 쓸 수 있는 자격 증명이 없습니다.',
    AML_CREDENTIAL_REJECTED: 'Microsoft Entra ID가 자격 증명을 거부했습니다.',
    AML_INTERACTION_REQUIRED: '사람이 먼저 로그인, 다단계 인증 또는 동의를 해야 합니다.',
    AML_IDENTITY_MISMATCH: '받은 토큰이 요청한 신원의 것이 아닙니다.',
    AML_UNAUTHENTICATED: '서비스가 액세스 토큰을 받아들이지 않았습니다.',
    AML_FORBIDDEN: '이 범위에서 이 작업을 할 권한이 없습니다.',
    AML_AMBIGUOUS: '이름에 맞는 것이 여러 개입니다.',
    AML_NOT_FOUND: '리소스가 없거나 보이지 않습니다.',
    AML_CONFLICT: '요청이 리소스의 현재 상태와 맞지 않습니다.',
    AML_REQUEST_REJECTED: '서비스가 요청을 거부했습니다.',
    AML_RESPONSE_INVALID: '서비스의 응답이 문서와 다릅니다.',
    AML_UNTRUSTED_HOST: '설정된 클라우드 밖의 호스트로 토큰이 갈 뻔해서 멈췄습니다.',
    AML_THROTTLED: '서비스가 천천히 요청하라고 합니다.',
    AML_SERVICE_UNAVAILABLE: '서비스에 장애가 있거나 부하가 큽니다.',
    AML_NETWORK: '호스트에 연결할 수 없습니다.',
    AML_TIMEOUT: '제한 시간 안에 응답이 오지 않았습니다.',
    AML_CANCELLED: '작업이 취소되었습니다.',
    AML_UNEXPECTED: '예상하지 못한 오류입니다. 알려 주세요.',
  },
  say: {
    seeHelp: (command) => `쓰는 방법: ${command}`,
    planned: ({ steps, unmanaged, problems }, command) =>
      `할 일 ${steps}개, 파일이 관리하지 않는 것 ${unmanaged}개, 문제 ${problems}개.${steps > 0 && problems === 0 ? ` 적용: ${command}` : ''}`,
    asPlanned: () => '권한이 파일과 같습니다.',
    none: () => '없습니다.',
    waiting: () => 'Azure의 응답을 기다리는 중 …',
    askSecret: (clientId) => `${clientId}의 클라이언트 비밀`,
    openingBrowser: () => '열리는 브라우저 창에서 로그인하세요. Ctrl-C로 그만둘 수 있습니다.',
    deviceCode: (uri, code, application) =>
      `${application}에 로그인하려면 ${uri} 에서 코드 ${code} 를 입력하세요. 직접 시작한 로그인일 때만 입력하세요.`,
    signedIn: (name, account) => `${name}(으)로 로그인했습니다. 여기서 쓰는 계정 이름은 ${account}입니다.`,
    storedIn: (tier, place) => `토큰은 ${place}에 보관됩니다(${tier} 단계).`,
    notStored: (why) =>
      `토큰을 이 컴퓨터에 보관하지 않습니다: ${why} AML_AUTH_CACHE_PASSPHRASE_FILE이나 AML_AUTH_CACHE_KEY를 설정하거나 --insecure-storage를 쓰세요.`,
    secretNotKept: () =>
      '비밀은 보관하지 않습니다. 토큰이 만료되면 다시 로그인하세요. --client-secret-file에 경로를 주면 그 파일을 다시 읽습니다.',
    signedOut: (account) => `${account}에서 로그아웃했습니다.`,
    switched: (account) => `이제 ${account} 계정을 씁니다.`,
    subscriptionSet: (id, account) => `${account} 계정의 명령은 이제 구독 ${id}을(를) 씁니다.`,
    serving: (style) => `${style} 방식으로 토큰을 제공합니다. Ctrl-C로 끝냅니다.`,
    written: (path) => `${path}에 썼습니다.`,
    unchanged: (path) => `${path}에 이미 있습니다. 아무것도 바꾸지 않았습니다.`,
    backedUp: (path) => `전에 있던 내용은 ${path}에 있습니다.`,
    askReplace: (entry, path) => `${path}의 ${entry} 항목을 바꿀까요?`,
    askOverwrite: (path) => `${path}을(를) 덮어쓸까요?`,
    useUser: (command) => `컨텍스트에서 쓰려면: ${command}`,
    runWith: (command) => `실행: ${command}`,
    unreadable: (parts) => `읽지 못한 것: ${parts}. 여기서 허용되어도 Azure에서 거부될 수 있습니다.`,
    ungranted: (operations) =>
      `${operations}을(를) 허용하는 기본 제공 역할이 없습니다. -o json의 customRole을 보세요.`,
    cleared: (count) => `토큰 ${count}개를 잊었습니다.`,
    sealed: (moved, left, tier) =>
      `${moved}개를 암호화했습니다(${tier} 단계). ${left}개는 만료되었거나 읽을 수 없습니다.`,
    warning: (message, remedy) => `경고: ${message} ${remedy}`,
    secretPrinted: () =>
      '출력에 비밀이 들어 있습니다. 읽는 사람은 누구나 로그인할 수 있습니다. --credential-file을 주면 파일에 씁니다.',
    unnamed: (why) => `주체의 이름을 찾지 못했습니다: ${why}`,
    askRevoke: (who) => `${who}의 액세스를 거둘까요?`,
    askDelete: (what) => `${what}을(를) 삭제할까요?`,
    askApply: (count) => `액세스를 ${count}단계로 바꿀까요?`,
    insecureStorage: () => '--insecure-storage 때문에 토큰을 암호화하지 않고 보관합니다.',
  },
};

function hint(corrections: readonly string[]): string {
  return corrections.length === 0 ? '' : ` 혹시 ${corrections.join(', ')}인가요?`;
}
