import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromWorkloadIdentity } from '@aml-auth/credentials';
import { createExternalIssuer, startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { WorkloadIdentityCredential } from '@azure/identity';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readTokenProxy } from '../../src/workload-identity/token-proxy.js';
import { makeCertificate, type MadeCertificate } from '../support/make-certificate.js';

const ARM = 'https://management.azure.com/.default';
const ISSUER = 'https://oidc.aks.example';
const SUBJECT = 'system:serviceaccount:default:train';
/** What AKS calls the proxy in its certificate. */
const NAME = 'proxy.aks.example';

interface Seen {
  readonly url: string | undefined;
  readonly serverName: string | false | null;
  readonly form: URLSearchParams;
}

let emulator: Emulator;
let authority: MadeCertificate;
let folder: string;
let server: Server;
let seen: Seen[];
let env: Record<string, string>;
beforeAll(async () => {
  const issuer = await createExternalIssuer({ issuer: ISSUER });
  emulator = await startEmulator({
    seed: {
      tenants: [
        { name: 'contoso', apps: [{ name: 'pod', federated: [{ issuer: ISSUER, subject: SUBJECT }] }] },
      ],
      issuers: [{ issuer: ISSUER, keys: issuer.jwks }],
    },
  });
  trustEmulator(emulator);
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
  await writeFile(
    join(folder, 'token'),
    await issuer.sign({ sub: SUBJECT, aud: 'api://AzureADTokenExchange' }),
  );
  authority = await makeCertificate({ name: 'cluster' });
  const leaf = await makeCertificate({ name: NAME, issuedBy: authority });
  server = createServer({ cert: leaf.certificate, key: leaf.privateKey }, (request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const { servername } = request.socket as unknown as { servername: string | false | null };
      seen.push({ url: request.url, serverName: servername, form: new URLSearchParams(body) });
      const path = (request.url ?? '').replace(/^\/exchange/, '');
      const type = request.headers['content-type'] ?? '';
      // The other library asks for the discovery document first, here too.
      const init = body === '' ? {} : { method: 'POST', body, headers: { 'content-type': type } };
      const reply = await emulator.fetch(`${emulator.origin}${path}`, init);
      response.writeHead(reply.status, { 'content-type': 'application/json' }).end(await reply.text());
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
beforeEach(async () => {
  seen = [];
  const { tenantId, clientId } = emulator.app('pod');
  const file = join(folder, 'ca.pem');
  await writeFile(file, authority.certificate);
  env = {
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: clientId,
    AZURE_FEDERATED_TOKEN_FILE: join(folder, 'token'),
    AZURE_KUBERNETES_TOKEN_PROXY: `https://127.0.0.1:${(server.address() as AddressInfo).port}/exchange`,
    AZURE_KUBERNETES_SNI_NAME: NAME,
    AZURE_KUBERNETES_CA_FILE: file,
  };
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await emulator.close();
  await rm(folder, { recursive: true });
});

const subject = () => fromWorkloadIdentity({ env, cloud: emulator.cloud, identityBinding: true });
const TELEMETRY = /^(x-client-|x-ms-lib|client-request-id)/;
const meaning = (form: URLSearchParams | undefined) =>
  Object.fromEntries([...(form ?? [])].filter(([name]) => !TELEMETRY.test(name)));

describe('fromWorkloadIdentity with an identity binding', () => {
  it('sends the request of @azure/identity to the proxy, and none to the authority', async () => {
    expect((await subject().getToken(ARM)).tokenType).toBe('Bearer');
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    await new WorkloadIdentityCredential({
      authorityHost: emulator.origin,
      disableInstanceDiscovery: true,
      enableAzureProxy: true,
    }).getToken(ARM);
    const tokens = seen.filter(({ url }) => url?.includes('/oauth2/v2.0/token'));
    const [ours, theirs] = tokens;
    expect(tokens).toHaveLength(2);
    expect(ours?.serverName).toBe(NAME);
    expect(ours?.url?.split('?')[0]).toBe(`/exchange/${env['AZURE_TENANT_ID']}/oauth2/v2.0/token`);
    expect(ours?.url?.split('?')[0]).toBe(theirs?.url?.split('?')[0]);
    expect(meaning(ours?.form)).toEqual(meaning(theirs?.form));
  });

  it('takes the certificate authorities from a variable as well', async () => {
    delete env['AZURE_KUBERNETES_CA_FILE'];
    env['AZURE_KUBERNETES_CA_DATA'] = authority.certificate;
    expect((await subject().getToken(ARM)).tokenType).toBe('Bearer');
  });

  it('follows a file of certificate authorities that is replaced, and outlasts an empty one', async () => {
    const file = env['AZURE_KUBERNETES_CA_FILE'] ?? '';
    const credential = subject();
    await writeFile(file, '');
    await expect(credential.getToken(ARM)).rejects.toThrow();
    await writeFile(file, authority.certificate);
    await credential.getToken(ARM);
    await writeFile(file, '');
    expect((await credential.getToken('https://ml.azure.com/.default')).tokenType).toBe('Bearer');
  });

  it('sends nothing to a proxy that it cannot trust', async () => {
    const other = await makeCertificate({ name: 'other' });
    await writeFile(env['AZURE_KUBERNETES_CA_FILE'] ?? '', other.certificate);
    await expect(subject().getToken(ARM)).rejects.toMatchObject({ code: 'AML_NETWORK' });
    env['AZURE_KUBERNETES_SNI_NAME'] = 'elsewhere.example';
    await writeFile(env['AZURE_KUBERNETES_CA_FILE'] ?? '', authority.certificate);
    await expect(subject().getToken(ARM)).rejects.toMatchObject({ code: 'AML_NETWORK' });
    expect(seen).toEqual([]);
  });

  it('goes to the authority where the cluster names no proxy, or nothing was said about one', async () => {
    const plain = fromWorkloadIdentity({ env, cloud: emulator.cloud });
    expect((await plain.getToken(ARM)).tokenType).toBe('Bearer');
    env = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('AZURE_KUBERNETES')));
    expect((await subject().getToken(ARM)).tokenType).toBe('Bearer');
    expect(seen).toEqual([]);
  });
});

describe('readTokenProxy', () => {
  it.each([
    [{ AZURE_KUBERNETES_SNI_NAME: 'x' }, /is not set, although/],
    [{ AZURE_KUBERNETES_TOKEN_PROXY: 'http://x' }, /not an https URL/],
    [{ AZURE_KUBERNETES_TOKEN_PROXY: 'https://a@x' }, /not an https URL/],
    [{ AZURE_KUBERNETES_TOKEN_PROXY: 'https://x/?a=b' }, /not an https URL/],
    [{ AZURE_KUBERNETES_TOKEN_PROXY: 'https://x/#a' }, /not an https URL/],
    [{ AZURE_KUBERNETES_TOKEN_PROXY: 'x' }, /not an https URL/],
    [
      {
        AZURE_KUBERNETES_TOKEN_PROXY: 'https://x',
        AZURE_KUBERNETES_CA_FILE: 'a',
        AZURE_KUBERNETES_CA_DATA: 'b',
      },
      /both set/,
    ],
    [{ AZURE_KUBERNETES_TOKEN_PROXY: 'https://x', AZURE_KUBERNETES_CA_DATA: 'b' }, /holds no certificate/],
  ])('refuses %j', (variables, problem) => {
    expect(() => readTokenProxy(variables)).toThrow(
      expect.objectContaining({
        code: 'AML_CONFIG_INVALID',
        message: expect.stringMatching(problem) as string,
      }),
    );
  });
});
