import { createPrivateKey } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  EnvironmentCredential,
  ManagedIdentityCredential,
  type TokenCredentialOptions,
  WorkloadIdentityCredential,
} from '@azure/identity';
import { ConfidentialClientApplication, type Configuration } from '@azure/msal-node';
import { createExternalIssuer, startEmulator, trustEmulator } from '@aml-auth/emulator';
import { AuthenticationContext, type ErrorResponse, type TokenResponse } from 'adal-node';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import { withEmulator } from '../support/with-emulator.js';

const SUBJECT = 'repo:contoso/models:environment:prod';
const SCOPE = 'https://management.azure.com/.default';
const github = await createExternalIssuer({ issuer: 'https://token.actions.githubusercontent.com' });
const emulated = withEmulator({
  seed: {
    tenants: [
      {
        name: 'contoso',
        apps: [
          { name: 'trainer', certificates: ['generate'] },
          { name: 'other', certificates: ['generate'] },
          { name: 'ci', federated: [{ issuer: github.issuer, subject: SUBJECT }] },
        ],
      },
    ],
    issuers: [{ issuer: github.issuer, keys: github.jwks }],
  },
});

const folder = await mkdtemp(join(tmpdir(), 'aml-auth-emulator-test-'));
beforeAll(() => {
  trustEmulator(emulated());
});
afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const app = (name = 'trainer') => {
  const { certificate, ...ids } = emulated().app(name);
  return { ...ids, certificate: certificate! };
};

const options = () => ({
  authorityHost: emulated().origin,
  disableInstanceDiscovery: true,
  retryOptions: { maxRetries: 0 },
});

const signedBy = (token: string | undefined, name = 'trainer'): void => {
  expect(decodeJwt(token ?? '')).toMatchObject({ appid: app(name).clientId, appidacr: '2' });
};

describe('@azure/identity', () => {
  test.each([false, true])(
    'ClientCertificateCredential, with the chain in x5c: %s',
    async (sendCertificateChain) => {
      const { tenantId, clientId, certificate } = app();
      const credential = new ClientCertificateCredential(
        tenantId,
        clientId,
        { certificate: `${certificate.privateKey}\n${certificate.pem}` },
        { ...options(), sendCertificateChain },
      );
      signedBy((await credential.getToken(SCOPE)).token);
    },
  );

  test('ClientCertificateCredential with a certificate of another application', async () => {
    const { tenantId, clientId } = app();
    const { privateKey, pem, thumbprintSha256 } = app('other').certificate;
    const credential = new ClientCertificateCredential(
      tenantId,
      clientId,
      { certificate: `${privateKey}\n${pem}` },
      options(),
    );
    await expect(credential.getToken(SCOPE)).rejects.toThrow(
      new RegExp(
        `AADSTS700027: .*The key was not found., Thumbprint of key used by client: '${thumbprintSha256}'`,
      ),
    );
  });

  test('ClientAssertionCredential with the token of another provider', async () => {
    const { tenantId, clientId } = app('ci');
    const credential = new ClientAssertionCredential(
      tenantId,
      clientId,
      () => github.sign({ sub: SUBJECT }),
      options(),
    );
    signedBy((await credential.getToken(SCOPE)).token, 'ci');
  });

  test('ClientAssertionCredential with a subject in another case', async () => {
    const { tenantId, clientId } = app('ci');
    const sub = SUBJECT.toUpperCase();
    const credential = new ClientAssertionCredential(
      tenantId,
      clientId,
      () => github.sign({ sub }),
      options(),
    );
    await expect(credential.getToken(SCOPE)).rejects.toThrow(/AADSTS700213: .* subject 'REPO:CONTOSO/);
  });

  test('EnvironmentCredential with the variables of env()', async () => {
    const variables = emulated().env('trainer');
    expect(variables).not.toHaveProperty('AZURE_CLIENT_SECRET');
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const credential = new EnvironmentCredential({ disableInstanceDiscovery: true });
    signedBy((await credential.getToken(SCOPE)).token);
  });

  test('WorkloadIdentityCredential with the variables of env() and a token file', async () => {
    const variables = emulated().env('ci');
    expect(variables).not.toHaveProperty('AZURE_CLIENT_SECRET');
    expect(variables).not.toHaveProperty('AZURE_CLIENT_CERTIFICATE_PATH');
    const tokenFilePath = join(folder, 'token');
    await writeFile(tokenFilePath, await github.sign({ sub: SUBJECT }));
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const credential = new WorkloadIdentityCredential({ tokenFilePath, disableInstanceDiscovery: true });
    signedBy((await credential.getToken(SCOPE)).token, 'ci');
  });

  test('ManagedIdentityCredential in a pod, where it takes the token file as well', async () => {
    const path = join(folder, 'pod-token');
    await writeFile(path, await github.sign({ sub: SUBJECT }));
    const variables = { ...emulated().env('ci'), AZURE_FEDERATED_TOKEN_FILE: path };
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    // The published type lacks the option, which the credential in it takes.
    const options = { disableInstanceDiscovery: true } as TokenCredentialOptions;
    const credential = new ManagedIdentityCredential(app('ci').clientId, options);
    signedBy((await credential.getToken(SCOPE)).token, 'ci');
  });
});

describe('@azure/msal-node', () => {
  async function acquire(name: string, auth: Partial<Configuration['auth']>): Promise<string | undefined> {
    const { tenantId, clientId } = app(name);
    const { origin } = emulated();
    const client = new ConfidentialClientApplication({
      auth: {
        clientId,
        authority: `${origin}/${tenantId}`,
        knownAuthorities: [new URL(origin).host],
        ...auth,
      },
    });
    return (await client.acquireTokenByClientCredential({ scopes: [SCOPE] }))?.accessToken;
  }

  test('a certificate by its SHA-256 thumbprint', async () => {
    const { privateKey, thumbprintSha256 } = app().certificate;
    signedBy(await acquire('trainer', { clientCertificate: { privateKey, thumbprintSha256 } }));
  });

  test('a certificate by its SHA-1 thumbprint, with its chain', async () => {
    const { privateKey, thumbprint, pem } = app().certificate;
    const clientCertificate = { privateKey, thumbprint, x5c: pem };
    signedBy(await acquire('trainer', { clientCertificate }));
  });

  test('a client assertion', async () => {
    const clientAssertion = (): Promise<string> => github.sign({ sub: SUBJECT });
    signedBy(await acquire('ci', { clientAssertion }), 'ci');
  });

  test('an expired client assertion', async () => {
    const clientAssertion = await github.sign({ sub: SUBJECT, exp: 1_700_000_000 });
    await expect(acquire('ci', { clientAssertion })).rejects.toMatchObject({
      errorCode: 'invalid_client',
      errorNo: 700024,
    });
  });
});

describe('adal-node', () => {
  const acquire = (thumbprint: string): Promise<TokenResponse> => {
    const { clientId, tenantId, certificate } = app();
    // It reads PKCS #1 only.
    const key = createPrivateKey(certificate.privateKey).export({ type: 'pkcs1', format: 'pem' }).toString();
    const context = new AuthenticationContext(`${emulated().origin}/${tenantId}`, false);
    return new Promise((resolve, reject) => {
      context.acquireTokenWithClientCertificate(
        'https://management.core.windows.net/',
        clientId,
        key,
        thumbprint,
        (error: Error | null, response: TokenResponse | ErrorResponse | undefined) => {
          if (error !== null) reject(error);
          else resolve(response as TokenResponse);
        },
      );
    });
  };

  test('a wrong thumbprint reaches the caller', async () => {
    await expect(acquire('00'.repeat(20))).rejects.toThrow(/AADSTS700027/);
  });

  test('a certificate at the endpoint of v1', async () => {
    signedBy((await acquire(app().certificate.thumbprint)).accessToken);
  });
});

test('the file that env() names is private, and gone after close()', async () => {
  const emulator = await startEmulator({
    seed: { tenants: [{ name: 'contoso', apps: [{ name: 'a', certificates: ['generate'] }] }] },
    stateDir: join(folder, 'state'),
  });
  const path = emulator.env('a')['AZURE_CLIENT_CERTIFICATE_PATH']!;
  expect(path.startsWith(join(folder, 'state'))).toBe(false);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readFile(path, 'utf8')).toContain('PRIVATE KEY');
  await emulator.close();
  await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
});
