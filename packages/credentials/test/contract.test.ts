import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chain, type Credential } from '@aml-auth/core';
import {
  fromAzureCli,
  fromAzureMLOnBehalfOf,
  fromAzurePipelines,
  fromClientAssertion,
  fromClientCertificate,
  fromDeviceCode,
  fromEnvironment,
  fromGitHubActions,
  fromManagedIdentity,
  fromOnBehalfOf,
  fromWorkloadIdentity,
  interactiveLoginAuthentication,
  servicePrincipalAuthentication,
} from '@aml-auth/credentials';
import { fromTokenCredential, toTokenCredential } from '@aml-auth/credentials/azure-identity';
import { createExternalIssuer, startEmulator, trustEmulator } from '@aml-auth/emulator';
import { describeCredential } from '@aml-auth/testkit';
import { ClientSecretCredential } from '@azure/identity';
import forge from 'node-forge';
import { afterAll } from 'vitest';
import { startAssertionServer } from './support/assertion-server.js';
import { azStandIn } from './support/az-stand-in.js';
import { personInBrowser } from './support/browser-stand-in.js';
import { eagerClock } from './support/eager-clock.js';

const ISSUER = 'https://ci.example';
const SECRET = 'S3cret-of-the-service';
const SCOPE = 'https://management.azure.com/.default';
const UPN = 'alice@contoso';

const issuer = await createExternalIssuer({ issuer: ISSUER });
const sign = () => issuer.sign({ sub: 'job', aud: 'api://AzureADTokenExchange' });
const emulator = await startEmulator({
  seed: {
    tenants: [
      {
        name: 'contoso',
        users: [{ upn: UPN, password: 'Pa55w0rd!' }],
        apps: [
          {
            name: 'service',
            secrets: [{ value: SECRET }],
            certificates: ['generate'],
            federated: [{ issuer: ISSUER, subject: 'job' }],
          },
        ],
      },
    ],
    issuers: [{ issuer: ISSUER, keys: issuer.jwks }],
    subscriptions: [
      {
        name: 'dev',
        resourceGroups: [
          {
            name: 'rg',
            location: 'westeurope',
            workspaces: [{ name: 'ws1', computes: [{ name: 'cpu' }] }],
          },
        ],
      },
    ],
    hosts: [
      { kind: 'app-service', as: ['system'] },
      { kind: 'aml-compute', as: 'cpu', onBehalfOf: UPN },
    ],
  },
});
trustEmulator(emulator);
const folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
const tokenFile = join(folder, 'token');
const assertion = await sign();
await writeFile(tokenFile, assertion);
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

const { tenantId, clientId, certificate } = emulator.app('service');
const { cloud } = emulator;
const app = { tenantId, clientId, cloud };

/** What a person called the application with. */
async function callOfPerson(): Promise<string> {
  const reply = await emulator.fetch(`${emulator.origin}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: clientId,
      client_secret: SECRET,
      username: emulator.user(UPN).name,
      password: 'Pa55w0rd!',
      scope: `api://${clientId}/.default`,
    }),
  });
  return ((await reply.json()) as { access_token: string }).access_token;
}

function pfx(): Buffer {
  const key = forge.pki.privateKeyFromPem(certificate?.privateKey ?? '');
  const chainOf = [forge.pki.certificateFromPem(certificate?.pem ?? '')];
  const store = forge.pkcs12.toPkcs12Asn1(key, chainOf, 'Pa55word-of-the-file', { algorithm: 'aes256' });
  return Buffer.from(forge.asn1.toDer(store).getBytes(), 'latin1');
}

const close = () => Promise.resolve();
const subject = (credential: Credential, secrets: readonly string[] = []) => ({
  credential,
  scope: SCOPE,
  secrets,
  close,
});

const PEM = `${certificate?.pem ?? ''}\n${certificate?.privateKey ?? ''}`;
describeCredential('fromClientCertificate with PEM', () =>
  subject(fromClientCertificate({ ...app, certificate: PEM }), [PEM.slice(-200, -100)]),
);
describeCredential('fromClientCertificate with PFX', () =>
  subject(
    fromClientCertificate({ ...app, certificate: pfx(), certificatePassword: 'Pa55word-of-the-file' }),
    ['Pa55word-of-the-file'],
  ),
);
describeCredential('fromClientAssertion', () =>
  subject(fromClientAssertion({ ...app, getAssertion: () => assertion }), [assertion]),
);
describeCredential('fromWorkloadIdentity', () =>
  subject(fromWorkloadIdentity({ ...app, tokenFilePath: tokenFile, env: {} }), [assertion]),
);
describeCredential('fromEnvironment', () => {
  const env = { AZURE_TENANT_ID: tenantId, AZURE_CLIENT_ID: clientId, AZURE_CLIENT_SECRET: SECRET };
  return subject(fromEnvironment({ env, cloud }), [SECRET]);
});
describeCredential('fromOnBehalfOf', async () => {
  const userAssertion = await callOfPerson();
  return subject(fromOnBehalfOf({ ...app, clientSecret: SECRET, userAssertion }), [SECRET, userAssertion]);
});
describeCredential('fromManagedIdentity', () => {
  const { env } = emulator.host('app-service');
  return subject(fromManagedIdentity({ env }), [env['IDENTITY_HEADER'] ?? '']);
});
describeCredential('fromAzureMLOnBehalfOf', () =>
  subject(fromAzureMLOnBehalfOf({ env: emulator.host('cpu').env })),
);
describeCredential('fromGitHubActions', async () => {
  const service = await startAssertionServer();
  service.answer = { status: 200, body: JSON.stringify({ value: assertion }) };
  const env = {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${service.origin}/x`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'job-secret',
  };
  return {
    ...subject(fromGitHubActions({ ...app, env }), ['job-secret', assertion]),
    close: () => service.close(),
  };
});
describeCredential('fromAzurePipelines', async () => {
  const service = await startAssertionServer();
  service.answer = { status: 200, body: JSON.stringify({ oidcToken: assertion }) };
  const env = { SYSTEM_OIDCREQUESTURI: `${service.origin}/oidc`, SYSTEM_ACCESSTOKEN: 'step-secret' };
  const credential = fromAzurePipelines({ ...app, serviceConnectionId: 'sc-1', env });
  return { ...subject(credential, ['step-secret', assertion]), close: () => service.close() };
});
describeCredential('fromAzureCli', async () => {
  const az = await azStandIn();
  return { ...subject(fromAzureCli({ env: az.env })), close: () => az.remove() };
});
describeCredential('fromDeviceCode', () => {
  const clock = eagerClock();
  const credential = fromDeviceCode({
    cloud,
    clock,
    fetch: clock.fetch,
    onPrompt: ({ userCode }) => {
      emulator.approveDeviceCode(userCode, UPN);
    },
  });
  return { ...subject(credential), now: () => clock.now() };
});
describeCredential('interactiveLoginAuthentication', () =>
  subject(interactiveLoginAuthentication({ cloud, openBrowser: personInBrowser(emulator, UPN) })),
);
describeCredential('servicePrincipalAuthentication', () =>
  subject(
    servicePrincipalAuthentication({
      tenantId,
      servicePrincipalId: clientId,
      servicePrincipalPassword: SECRET,
      cloud,
    }),
    [SECRET],
  ),
);
describeCredential('fromTokenCredential', () => {
  const options = { authorityHost: emulator.origin, disableInstanceDiscovery: true };
  return subject(fromTokenCredential(new ClientSecretCredential(tenantId, clientId, SECRET, options)), [
    SECRET,
  ]);
});
describeCredential('toTokenCredential, and back', () => {
  const inner = toTokenCredential(fromClientAssertion({ ...app, getAssertion: () => assertion }));
  return subject(fromTokenCredential(inner), [assertion]);
});
describeCredential('a chain of methods that do not apply, and one that does', () =>
  subject(
    chain(
      fromEnvironment({ env: {} }),
      fromWorkloadIdentity({ env: {} }),
      fromClientAssertion({ ...app, getAssertion: () => assertion }),
    ),
    [assertion],
  ),
);
