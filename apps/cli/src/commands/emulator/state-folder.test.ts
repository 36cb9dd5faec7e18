import { describe, expect, it } from 'vitest';
import { stateFolder } from './state-folder.js';

describe('stateFolder', () => {
  it('follows XDG_STATE_HOME, where it is absolute', () => {
    expect(stateFolder({ XDG_STATE_HOME: '/x', HOME: '/u' }, 'linux')).toBe('/x/aml-auth/emulator');
    expect(stateFolder({ XDG_STATE_HOME: 'x', HOME: '/u' }, 'linux')).toBe(
      '/u/.local/state/aml-auth/emulator',
    );
    expect(stateFolder({ HOME: '/u' }, 'linux')).toBe('/u/.local/state/aml-auth/emulator');
  });

  it('is in the local application data on Windows', () => {
    expect(stateFolder({ LOCALAPPDATA: '/local' }, 'win32')).toBe('/local/aml-auth/emulator');
  });
});
