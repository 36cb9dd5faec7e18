import { describe, expect, it } from 'vitest';
import { browserCommands, headlessReason } from '../../src/browser/browser-commands.js';

describe('browserCommands', () => {
  it.each([
    ['darwin', {}, ['/usr/bin/open']],
    ['linux', {}, ['xdg-open']],
    ['freebsd', {}, ['xdg-open']],
    ['linux', { WSL_DISTRO_NAME: 'Ubuntu' }, ['wslview', 'xdg-open']],
    ['win32', { SystemRoot: String.raw`D:\Win` }, [String.raw`D:\Win\System32\rundll32.exe`]],
    ['linux', { BROWSER: '/opt/browser' }, ['/opt/browser']],
    ['linux', { BROWSER: 'firefox' }, ['xdg-open']],
    ['linux', { BROWSER: 'sh -c "x %s"' }, ['xdg-open']],
  ] as const)('on %s with %j starts %j', (platform, env, programs) => {
    expect(browserCommands(platform, env).map(({ program }) => program)).toEqual(programs);
  });
});

describe('headlessReason', () => {
  it.each([
    ['linux', {}, /no display/],
    ['linux', { DISPLAY: '' }, /no display/],
    ['linux', { DISPLAY: ':0' }, undefined],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, undefined],
    ['linux', { WSL_INTEROP: 'x' }, undefined],
    ['darwin', {}, undefined],
    ['win32', {}, undefined],
    ['darwin', { SSH_CONNECTION: 'a 1 b 22' }, /SSH/],
    ['linux', { SSH_CONNECTION: 'a 1 b 22', DISPLAY: 'localhost:10.0' }, undefined],
    ['darwin', { CI: 'true' }, /CI job/],
    ['darwin', { CI: 'false' }, undefined],
    ['linux', { CI: 'true', BROWSER: '/opt/browser' }, undefined],
    ['linux', { BROWSER: 'browser' }, /no display/],
  ] as const)('on %s with %j says %s', (platform, env, reason) => {
    const found = headlessReason(platform, env);
    if (reason === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(reason);
  });
});
