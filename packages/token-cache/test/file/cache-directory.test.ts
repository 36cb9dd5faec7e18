import { cacheDirectory } from '@aml-auth/token-cache';
import { expect, it } from 'vitest';

const home = () => '/h/me';
const invalid = expect.objectContaining({ code: 'AML_CONFIG_INVALID' }) as Error;

it.each([
  ['linux', {}, '/h/me/.cache/aml-auth'],
  ['linux', { XDG_CACHE_HOME: '/var/cache/me' }, '/var/cache/me/aml-auth'],
  ['linux', { XDG_CACHE_HOME: 'relative' }, '/h/me/.cache/aml-auth'],
  ['linux', { XDG_CACHE_HOME: '' }, '/h/me/.cache/aml-auth'],
  ['darwin', { XDG_CACHE_HOME: '/x' }, '/h/me/Library/Caches/aml-auth'],
  [
    'win32',
    { LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local' },
    'C:\\Users\\me\\AppData\\Local\\aml-auth\\Cache',
  ],
  ['linux', { AML_AUTH_CACHE_DIR: '/mine' }, '/mine'],
] as const)('on %s with %j is %s', (platform, env, path) => {
  expect(cacheDirectory(env, platform, home)).toBe(path);
});

it('is none without a home directory', () => {
  const broken = () => {
    throw new Error('ENOENT');
  };
  expect(cacheDirectory({}, 'linux', broken)).toBeUndefined();
  expect(cacheDirectory({}, 'darwin', () => '')).toBeUndefined();
});

it('is not taken from a relative AML_AUTH_CACHE_DIR', () => {
  expect(() => cacheDirectory({ AML_AUTH_CACHE_DIR: 'cache' }, 'linux', home)).toThrow(invalid);
});
