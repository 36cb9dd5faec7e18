import { describe, expect, it } from 'vitest';
import { chooseLocale, type LocaleWishes } from './choose-locale.js';

const choose = (wishes: Partial<LocaleWishes>): string =>
  chooseLocale({ args: [], env: {}, isTerminal: true, ...wishes });

describe('the language', () => {
  it.each<[string, string, Partial<LocaleWishes>]>([
    ['the flag', 'ko', { args: ['token', '--lang', 'ko'], env: { LC_ALL: 'C' } }],
    ['the flag with an equals sign', 'en', { args: ['--lang=en'], env: { AML_AUTH_LANG: 'ko' } }],
    ['the last flag', 'ko', { args: ['--lang', 'en', '--lang', 'ko'] }],
    ['no flag of the child', 'en', { args: ['exec', '--', 'x', '--lang', 'ko'] }],
    ['the variable', 'ko', { env: { AML_AUTH_LANG: 'ko', LANG: 'en_US.UTF-8' }, isTerminal: false }],
    ['the setting', 'ko', { setting: 'ko', isTerminal: false }],
    ['the system, on a terminal', 'ko', { env: { LANG: 'ko_KR.UTF-8' } }],
    ['the first of the system', 'en', { env: { LC_ALL: 'C', LANG: 'ko_KR.UTF-8' } }],
    ['no system in a pipe', 'en', { env: { LANG: 'ko_KR.UTF-8' }, isTerminal: false }],
    ['no language that only begins like it', 'en', { env: { LANG: 'kok_IN' } }],
    ['nothing', 'en', {}],
    ['garbage', 'en', { env: { LANG: '\u0000%%%' } }],
    ['a language that is not there', 'en', { env: { AML_AUTH_LANG: 'fr', LANG: 'ko_KR' } }],
    ['a flag without a value', 'en', { args: ['--lang'] }],
  ])('is decided by %s', (_what, expected, wishes) => {
    expect(choose(wishes)).toBe(expected);
  });
});
