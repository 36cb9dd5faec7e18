import type { Locale } from '../../messages/messages.js';

/** One text in every language. */
export type Texts = Readonly<Record<Locale, string>>;

/** The texts around the workflows. Whole sentences: languages order words differently. */
export interface FrameTexts {
  readonly intro: (origin: string) => readonly string[];
  readonly skipped: (why: string) => string;
  readonly failed: (error: string) => string;
  /** Of the table at the end. */
  readonly headings: readonly string[];
  readonly results: Readonly<Record<'ok' | 'skipped' | 'failed', string>>;
  /** What the columns of the table count. */
  readonly counted: readonly string[];
  readonly allKept: string;
  readonly notKept: (names: string) => string;
}

/** {@link FrameTexts} by language. */
export const frameTexts: Readonly<Record<Locale, FrameTexts>> = {
  en: {
    intro: (origin) => [
      'aml-auth demo: signing in to Azure Machine Learning, and who may do what there.',
      `The cloud is an emulator on this machine, ${origin}. No Azure account is touched.`,
    ],
    skipped: (why) => `Skipped: ${why}`,
    failed: (error) => `Failed: ${error}`,
    headings: ['workflow', 'what was shown', 'Entra', 'ARM', 'other', 'ms', 'result'],
    results: { ok: 'ok', skipped: 'skipped', failed: 'failed' },
    counted: [
      'Requests to Entra: Microsoft Entra ID; ARM: Azure Resource Manager; other: Microsoft Graph and endpoints of managed',
      'identities. ms: milliseconds on this machine.',
    ],
    allKept: 'All did what they promise. "aml-auth --help" lists what else there is.',
    notKept: (names) => `Not as promised: ${names}.`,
  },
  ko: {
    intro: (origin) => [
      'aml-auth demo: Azure Machine Learning에 로그인하고, 누가 무엇을 할 수 있는지 봅니다.',
      `클라우드는 이 컴퓨터의 에뮬레이터 ${origin}입니다. Azure 계정은 건드리지 않습니다.`,
    ],
    skipped: (why) => `건너뜀: ${why}`,
    failed: (error) => `실패: ${error}`,
    headings: ['흐름', '보여 준 것', 'Entra', 'ARM', '기타', 'ms', '결과'],
    results: { ok: '성공', skipped: '건너뜀', failed: '실패' },
    counted: [
      '요청을 받은 곳. Entra: Microsoft Entra ID, ARM: Azure Resource Manager, 기타: Microsoft Graph와 관리 ID 엔드포인트.',
      'ms: 이 컴퓨터에서 걸린 밀리초.',
    ],
    allKept: '모두 약속한 대로 되었습니다. 다른 명령은 "aml-auth --help"에 있습니다.',
    notKept: (names) => `약속과 다른 것: ${names}.`,
  },
};
