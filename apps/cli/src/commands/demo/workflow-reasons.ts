import type { Texts } from './texts.js';

/** Why each workflow matters, by its name: one sentence for who reads of it for the first time. */
export const workflowReasons: Readonly<Record<string, Texts>> = {
  browser: {
    en: 'The usual way for people at a machine with a browser; second factors and Conditional Access work there.',
    ko: '브라우저가 있는 컴퓨터에서 사람이 쓰는 보통 방법입니다. 다단계 인증과 조건부 액세스도 여기서 됩니다.',
  },
  'device-code': {
    en: 'For machines without a browser, such as a server reached by SSH.',
    ko: 'SSH로 들어간 서버처럼 브라우저가 없는 컴퓨터에서 씁니다.',
  },
  'client-secret': {
    en: 'The shortest way for programs; the secret must be kept and renewed.',
    ko: '프로그램에 가장 간단한 방법입니다. 비밀을 지키고 때맞춰 바꾸어야 합니다.',
  },
  certificate: {
    en: 'Proves who the program is without sending anything that could be used again.',
    ko: '다시 쓰일 수 있는 것을 보내지 않고 프로그램이 누구인지 증명합니다.',
  },
  'azure-cli': {
    en: 'On a developer machine, who has done "az login" need not sign in again.',
    ko: '개발 컴퓨터에서 "az login"을 했다면 다시 로그인하지 않아도 됩니다.',
  },
  'virtual-machine': {
    en: 'On Azure there is nothing to keep secret: the machine itself is the identity.',
    ko: 'Azure 안에서는 지킬 비밀이 없습니다. 컴퓨터 자체가 ID입니다.',
  },
  'compute-cluster': {
    en: 'Training jobs read data as the cluster, without a secret in their code.',
    ko: '학습 작업이 코드에 비밀을 두지 않고 클러스터의 ID로 데이터를 읽습니다.',
  },
  'workload-identity': {
    en: 'A pipeline elsewhere, such as GitHub Actions, signs in and has no secret that could leak.',
    ko: 'GitHub Actions 같은 바깥 파이프라인이 새어 나갈 비밀 없이 로그인합니다.',
  },
  'on-behalf-of': {
    en: 'The access of the person counts, not that of the service: nobody gets more by going through it.',
    ko: '서비스가 아니라 사람의 권한이 적용됩니다. 서비스를 거쳐도 더 많은 권한을 얻지 못합니다.',
  },
  'wrong-secret': {
    en: 'A failure names its cause and the command that mends it, and ids for a support request.',
    ko: '실패하면 원인과 고치는 명령, 지원 요청에 쓸 ID가 나옵니다.',
  },
  'refused-delete': {
    en: 'A bare 403 does not say which role is missing; the roles and assignments of the tenant do.',
    ko: '403만으로는 어떤 역할이 없는지 알 수 없습니다. 테넌트의 역할과 할당을 읽으면 나옵니다.',
  },
  'share-workspace': {
    en: 'Access is given for a task and taken back whole, and not left behind.',
    ko: '일에 필요한 만큼 권한을 주고, 남기지 않고 모두 거둡니다.',
  },
  'custom-role': {
    en: 'Built-in roles give more than a program needs; a role of its own gives that and nothing else.',
    ko: '기본 제공 역할은 프로그램에 필요한 것보다 많이 줍니다. 따로 만든 역할은 꼭 그만큼만 줍니다.',
  },
  'conditional-access': {
    en: 'The refusal of Microsoft Entra ID does not say which policy it was; the sign-in log does.',
    ko: 'Microsoft Entra ID의 거부에는 어떤 정책인지 나오지 않습니다. 로그인 로그에 있습니다.',
  },
  revocation: {
    en: 'Access ends within minutes and not at the end of the token; a program that may go on does so by itself.',
    ko: '토큰의 만료를 기다리지 않고 곧 접근이 끝납니다. 계속해도 되는 프로그램은 스스로 이어 갑니다.',
  },
  'shared-cache': {
    en: 'Many short runs, as in scripts, do not ask for a token each: that is faster, and Azure limits how often one may ask.',
    ko: '스크립트처럼 짧은 실행이 많아도 매번 토큰을 요청하지 않습니다. 더 빠르고, Azure의 요청 제한에도 걸리지 않습니다.',
  },
  expiry: {
    en: 'Long runs outlive their first token, and nobody sits there to sign in again.',
    ko: '오래 걸리는 실행은 첫 토큰보다 길고, 그때 다시 로그인할 사람은 없습니다.',
  },
};
