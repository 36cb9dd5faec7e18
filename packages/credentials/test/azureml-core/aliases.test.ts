import {
  azureCliAuthentication,
  interactiveLoginAuthentication,
  msiAuthentication,
  servicePrincipalAuthentication,
  type MsiIdentityConfig,
} from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { azStandIn } from '../support/az-stand-in.js';
import { personInBrowser } from '../support/browser-stand-in.js';
import { eagerClock } from '../support/eager-clock.js';

const AML = 'https://ml.azure.com/.default';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      tenants: [
        {
          name: 'contoso',
          users: [{ upn: 'alice@contoso', password: 'Pa55w0rd!' }],
          apps: [{ name: 'trainer', secrets: [{ value: 'S3cret-of-the-trainer' }] }],
        },
      ],
    },
  });
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

describe('interactiveLoginAuthentication', () => {
  it('signs in to the tenant in a browser', async () => {
    const { id: tenantId } = emulator.tenant('contoso');
    const opened: URL[] = [];
    for (const force of [false, true]) {
      const credential = interactiveLoginAuthentication({
        tenantId,
        force,
        cloud: emulator.cloud,
        openBrowser: (url) => {
          opened.push(new URL(url));
          return personInBrowser(emulator, 'alice@contoso')(url);
        },
      });
      const { token } = await credential.getToken(AML);
      expect(decodeJwt(token)).toMatchObject({ tid: tenantId, oid: emulator.user('alice@contoso').id });
    }
    expect(opened.map(({ searchParams }) => searchParams.get('prompt'))).toEqual([null, 'login']);
  });

  it('shows a code on stderr where there is no browser', async () => {
    vi.stubEnv('CI', 'true');
    vi.stubEnv('BROWSER', '');
    const clock = eagerClock();
    const written = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      const code = /code (\S+)/.exec(String(text))?.[1] ?? '';
      emulator.approveDeviceCode(code, 'alice@contoso');
      return true;
    });
    try {
      const credential = interactiveLoginAuthentication({ cloud: emulator.cloud, clock, fetch: clock.fetch });
      expect(decodeJwt((await credential.getToken(AML)).token)['oid']).toBe(
        emulator.user('alice@contoso').id,
      );
      expect(written).toHaveBeenCalledOnce();
    } finally {
      written.mockRestore();
      vi.unstubAllEnvs();
    }
  });
});

describe('servicePrincipalAuthentication', () => {
  it('maps the names of azureml-core', async () => {
    const { tenantId, clientId, secret = '' } = emulator.app('trainer');
    const credential = servicePrincipalAuthentication({
      tenantId,
      servicePrincipalId: clientId,
      servicePrincipalPassword: secret,
      cloud: emulator.cloud,
    });
    expect(decodeJwt((await credential.getToken(AML)).token)['appid']).toBe(clientId);
  });

  it('knows the clouds by name', () => {
    const id = '00000000-0000-0000-0000-000000000000';
    const of = (cloud: string) =>
      servicePrincipalAuthentication({
        tenantId: id,
        servicePrincipalId: id,
        servicePrincipalPassword: 'x',
        cloud,
      });
    expect(of('AzureUSGovernment').describe().authorityHost).toBe('https://login.microsoftonline.us');
    expect(of('azurechinacloud').describe().authorityHost).toBe('https://login.chinacloudapi.cn');
    expect(() => of('AzureMoon')).toThrow(expect.objectContaining({ code: 'AML_CONFIG_INVALID' }));
  });
});

describe('azureCliAuthentication', () => {
  it('uses the session of az', async () => {
    const az = await azStandIn();
    const credential = azureCliAuthentication({ env: az.env, cloud: 'AzureCloud' });
    expect((await credential.getToken(AML)).token).toMatch(/^token-/);
    expect(() => azureCliAuthentication({ cloud: 'AzureMoon' })).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }),
    );
    await az.remove();
  });
});

describe('msiAuthentication', () => {
  const clientId = '11111111-1111-1111-1111-111111111111';
  it('maps identity_config', async () => {
    const asked: string[] = [];
    const env = { IDENTITY_ENDPOINT: 'http://127.0.0.1:1/token', IDENTITY_HEADER: 'h' };
    const noting: typeof fetch = (input) => {
      asked.push(new URL(input instanceof Request ? input.url : input).search);
      return Promise.resolve(new Response('{}', { status: 400 }));
    };
    const msiResId = `/subscriptions/${clientId}/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i`;
    for (const identityConfig of [undefined, { clientId }, { objectId: clientId }, { msiResId }]) {
      await msiAuthentication({ identityConfig, env, fetch: noting })
        .getToken(AML)
        .catch(() => undefined);
    }
    const chosen = asked.map((search) =>
      [...new URLSearchParams(search)].filter(([name]) => !/^(api-version|resource)$/.test(name)),
    );
    expect(chosen).toEqual([
      [],
      [['client_id', clientId]],
      [['object_id', clientId]],
      [['mi_res_id', msiResId]],
    ]);
  });

  it('passes over no name that it does not know', () => {
    const python = { client_id: clientId } as MsiIdentityConfig;
    expect(() => msiAuthentication({ identityConfig: python })).toThrow(
      expect.objectContaining({ message: 'identityConfig has no field "client_id".' }),
    );
  });
});
