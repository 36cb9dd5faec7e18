import { LOCALES, type Locale } from './messages.js';

/** What decides the language of the texts for people. */
export interface LocaleWishes {
  readonly args: readonly string[];
  readonly env: Readonly<Partial<Record<string, string>>>;
  /** Whether a person reads standard output. */
  readonly isTerminal: boolean;
  /** `lang` of the user's settings. */
  readonly setting?: string | undefined;
}

/**
 * The language: `--lang`, `AML_AUTH_LANG`, the user's settings, and on a terminal the first of LC_ALL, LC_MESSAGES
 * and LANG that is set (POSIX.1-2024, 8.2). English for everything else: what a script reads does not depend on
 * the machine.
 */
export function chooseLocale({ args, env, isTerminal, setting }: LocaleWishes): Locale {
  const asked = flagValue(args) ?? nonEmpty(env['AML_AUTH_LANG']) ?? setting;
  if (asked !== undefined) return LOCALES.find((locale) => locale === asked) ?? 'en';
  const system = nonEmpty(env['LC_ALL']) ?? nonEmpty(env['LC_MESSAGES']) ?? nonEmpty(env['LANG']) ?? '';
  return isTerminal && /^ko(?![a-z])/i.test(system) ? 'ko' : 'en';
}

/** The language must be known before the parser, whose texts have it, reads the options. */
function flagValue(args: readonly string[]): string | undefined {
  const end = args.indexOf('--');
  const own = end === -1 ? args : args.slice(0, end);
  const index = own.findLastIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const flag = own[index];
  if (flag === undefined) return undefined;
  return flag.startsWith('--lang=') ? flag.slice('--lang='.length) : own[index + 1];
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
