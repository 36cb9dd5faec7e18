import { describe, expect, it } from 'vitest';
import { childEnvironment } from './child-environment.js';

const emulator = {
  env: (app = 'first') => ({
    AZURE_CLIENT_ID: app,
    HTTPS_PROXY: 'http://127.0.0.1:1',
    JAVA_TOOL_OPTIONS: '-Dours',
  }),
};
const proxied = { app: undefined, proxy: true };

describe('childEnvironment', () => {
  it('keeps what is the user’s own and adds the variables of the emulator', () => {
    expect(childEnvironment({ PATH: '/bin', LANG: 'C' }, emulator, proxied)).toEqual({
      PATH: '/bin',
      LANG: 'C',
      AZURE_CLIENT_ID: 'first',
      HTTPS_PROXY: 'http://127.0.0.1:1',
      JAVA_TOOL_OPTIONS: '-Dours',
    });
  });

  it('drops what leads to another cloud or identity', () => {
    const own = {
      AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.us',
      AZURE_CLIENT_SECRET: 'real',
      AZURE_FEDERATED_TOKEN_FILE: '/var/token',
      IDENTITY_ENDPOINT: 'http://127.0.0.1:2',
      HTTPS_PROXY: 'http://corporate:3128',
      ALL_PROXY: 'socks5://corporate',
      // An application of the seed with a certificate sets no secret: the real one must not stay.
      ARM_CLIENT_SECRET: 'real',
      ARM_CLIENT_ID_FILE_PATH: '/var/id',
      ARM_USE_AKS_WORKLOAD_IDENTITY: 'true',
    };
    expect(Object.keys(childEnvironment(own, emulator, { app: 'second', proxy: true })).sort()).toEqual([
      'AZURE_CLIENT_ID',
      'HTTPS_PROXY',
      'JAVA_TOOL_OPTIONS',
    ]);
  });

  it('leaves a proxy alone where the emulator is none', () => {
    const own = { ALL_PROXY: 'socks5://corporate' };
    expect(childEnvironment(own, emulator, { app: undefined, proxy: false })).toMatchObject(own);
  });

  it('puts the options for Java behind those of the user', () => {
    const own = { JAVA_TOOL_OPTIONS: '-Xmx1g' };
    expect(childEnvironment(own, emulator, proxied)['JAVA_TOOL_OPTIONS']).toBe('-Xmx1g -Dours');
  });
});
