import type { AmlAuthErrorCode } from '@aml-auth/core';
import type { ApplicationText } from '@stricli/core';

/**
 * What people read, in one language. English is the source; JSON, codes and logs are English everywhere.
 * Whole sentences with holes, never parts to be joined: languages order words differently.
 */
export interface Messages {
  readonly locale: Locale;
  readonly labels: {
    readonly error: string;
    readonly cause: string;
    readonly next: string;
    readonly ids: string;
    readonly examples: string;
  };
  /** What each code means, where that is not said by the error itself. */
  readonly errorSummaries?: Readonly<Record<AmlAuthErrorCode, string>>;
  /** Help texts and descriptions, by their English wording. Undefined: the English ones. */
  readonly commandTexts?: Readonly<Record<string, string>>;
  /** The texts of the parser. */
  readonly parser: ApplicationText;
  readonly say: {
    readonly seeHelp: (command: string) => string;
    readonly planned: (
      counts: { readonly steps: number; readonly unmanaged: number; readonly problems: number },
      command: string,
    ) => string;
    readonly asPlanned: () => string;
    /** Under the headings of a list with nothing in it. */
    readonly none: () => string;
    readonly waiting: () => string;
    readonly askSecret: (clientId: string) => string;
    readonly openingBrowser: () => string;
    readonly deviceCode: (uri: string, code: string, application: string) => string;
    readonly signedIn: (name: string, account: string) => string;
    readonly storedIn: (tier: string, place: string) => string;
    readonly notStored: (why: string) => string;
    readonly secretNotKept: () => string;
    readonly signedOut: (account: string) => string;
    readonly switched: (account: string) => string;
    readonly subscriptionSet: (id: string, account: string) => string;
    readonly serving: (style: string) => string;
    readonly written: (path: string) => string;
    readonly unchanged: (path: string) => string;
    readonly backedUp: (path: string) => string;
    readonly askReplace: (entry: string, path: string) => string;
    readonly askOverwrite: (path: string) => string;
    readonly useUser: (command: string) => string;
    readonly runWith: (command: string) => string;
    readonly warning: (message: string, remedy: string) => string;
    readonly secretPrinted: () => string;
    readonly unnamed: (why: string) => string;
    readonly askRevoke: (who: string) => string;
    readonly askDelete: (what: string) => string;
    readonly askApply: (count: number) => string;
    readonly insecureStorage: () => string;
    readonly unreadable: (parts: string) => string;
    readonly ungranted: (operations: string) => string;
    readonly cleared: (count: number) => string;
    readonly sealed: (moved: number, left: number, tier: string) => string;
  };
}

/** A language of this program. */
export type Locale = 'en' | 'ko';

/** Every {@link Locale}. */
export const LOCALES = ['en', 'ko'] as const satisfies readonly Locale[];
