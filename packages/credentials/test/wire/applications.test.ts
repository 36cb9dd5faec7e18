import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credential, GetTokenOptions } from '@aml-auth/core';
import {
  fromAzurePipelines,
  fromClientAssertion,
  fromClientCertificate,
  fromClientSecret,
  fromEnvironment,
  fromOidcSource,
  fromOnBehalfOf,
  fromSdkAuthFile,
  fromWorkloadIdentity,
  servicePrincipalAuthentication,
} from '@aml-auth/credentials';
import {
  createCertificateAuthority,
  createExternalIssuer,
  startEmulator,
  trustEmulator,
  type CertificateAuthority,
  type Emulator,
} from '@aml-auth/emulator';
import {
  AzurePipelinesCredential,
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  EnvironmentCredential,
  OnBehalfOfCredential,
  WorkloadIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import forge from 'node-forge';
import { afterAll, beforeAll, describe, vi } from 'vitest';
import { recordingFetch, recordingPolicy, startRecordingServer } from './recorders.js';
import { sameOnTheWire } from './same-on-the-wire.js';
import type { WireRequest } from './wire-facts.js';

const ARM = 'https://management.azure.com/.default';
const CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1795385834"}}}';
const ISSUER = 'https://ci.example';

let emulator: Emulator;
let authority: CertificateAuthority;
let sign: () => Promise<string>;
let folder: string;
let pem: string;
let pfx: string;
let sdkAuthFile: string;
let tokenFile: string;
/** What a person called the application with. */
let userAssertion: string;
beforeAll(async () => {
  const issuer = await createExternalIssuer({ issuer: ISSUER });
  sign = () => issuer.sign({ sub: 'job', aud: 'api://AzureADTokenExchange' });
  authority = await createCertificateAuthority();
  emulator = await startEmulator({
    authority,
    seed: {
      tenants: [
        {
          name: 'contoso',
          users: [{ upn: 'alice@contoso', password: 'Pa55w0rd!' }],
          apps: [
            {
              name: 'service',
              secrets: [{ value: 'dev-secret' }],
              certificates: ['generate'],
              federated: [{ issuer: ISSUER, subject: 'job' }],
            },
          ],
        },
      ],
      issuers: [{ issuer: ISSUER, keys: issuer.jwks }],
    },
  });
  trustEmulator(emulator);
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
  pem = join(folder, 'certificate.pem');
  tokenFile = join(folder, 'token');
  const { certificate, clientId, tenantId, secret = '' } = emulator.app('service');
  await writeFile(pem, `${certificate?.pem ?? ''}\n${certificate?.privateKey ?? ''}`);
  await writeFile(tokenFile, await sign());
  pfx = join(folder, 'certificate.pfx');
  const key = forge.pki.privateKeyFromPem(certificate?.privateKey ?? '');
  const chain = [forge.pki.certificateFromPem(certificate?.pem ?? '')];
  const store = forge.pkcs12.toPkcs12Asn1(key, chain, 'Pa55word', { algorithm: 'aes256' });
  await writeFile(pfx, forge.asn1.toDer(store).getBytes(), 'latin1');
  sdkAuthFile = join(folder, 'azure.json');
  await writeFile(sdkAuthFile, JSON.stringify({ tenantId, clientId, clientSecret: secret }), { mode: 0o600 });
  const reply = await emulator.fetch(`${emulator.origin}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: clientId,
      client_secret: secret,
      username: emulator.user('alice@contoso').name,
      password: 'Pa55w0rd!',
      scope: `api://${clientId}/.default`,
    }),
  });
  ({ access_token: userAssertion } = (await reply.json()) as { access_token: string });
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

const app = () => {
  const { tenantId, clientId, secret = '' } = emulator.app('service');
  return { tenantId, clientId, secret };
};

/** What an SDK credential sends for one token. */
async function publishedSends(
  make: (options: {
    authorityHost: string;
    disableInstanceDiscovery: true;
    additionalPolicies: never[];
  }) => TokenCredential,
  asked: GetTokenOptions,
): Promise<WireRequest[]> {
  const sent: WireRequest[] = [];
  const additionalPolicies = [recordingPolicy(sent)] as unknown as never[];
  const options = {
    authorityHost: emulator.origin,
    disableInstanceDiscovery: true as const,
    additionalPolicies,
  };
  await make(options).getToken(ARM, asked as object);
  return sent;
}

async function oursSends(
  make: (options: { cloud: Emulator['cloud']; fetch: typeof fetch }) => Credential,
  asked: GetTokenOptions,
): Promise<WireRequest[]> {
  const sent: WireRequest[] = [];
  await make({ cloud: emulator.cloud, fetch: recordingFetch(sent) }).getToken(ARM, asked);
  return sent;
}

const KINDS: readonly (readonly [string, GetTokenOptions])[] = [
  ['', {}],
  [', declaring Continuous Access Evaluation', { enableCae: true }],
  [', answering a claims challenge', { enableCae: true, claims: CLAIMS }],
];

interface Flow {
  readonly title: string;
  readonly published: Parameters<typeof publishedSends>[0];
  readonly ours: Parameters<typeof oursSends>[0];
}

const FLOWS: readonly Flow[] = [
  {
    title: 'client secret',
    published: (options) => new ClientSecretCredential(app().tenantId, app().clientId, app().secret, options),
    ours: (options) => fromClientSecret({ ...app(), clientSecret: app().secret, ...options }),
  },
  {
    title: 'certificate',
    published: (options) => new ClientCertificateCredential(app().tenantId, app().clientId, pem, options),
    ours: (options) => fromClientCertificate({ ...app(), certificatePath: pem, ...options }),
  },
  {
    title: 'certificate with its chain',
    published: (options) =>
      new ClientCertificateCredential(app().tenantId, app().clientId, pem, {
        ...options,
        sendCertificateChain: true,
      }),
    ours: (options) =>
      fromClientCertificate({ ...app(), certificatePath: pem, sendCertificateChain: true, ...options }),
  },
  {
    title: 'assertion',
    published: (options) => new ClientAssertionCredential(app().tenantId, app().clientId, sign, options),
    ours: (options) => fromClientAssertion({ ...app(), getAssertion: sign, ...options }),
  },
  {
    title: 'certificate in a PFX file',
    published: (options) => new ClientCertificateCredential(app().tenantId, app().clientId, pem, options),
    ours: (options) =>
      fromClientCertificate({ ...app(), certificatePath: pfx, certificatePassword: 'Pa55word', ...options }),
  },
  {
    title: 'assertion of an OIDC source',
    published: (options) => new ClientAssertionCredential(app().tenantId, app().clientId, sign, options),
    ours: (options) => fromOidcSource({ ...app(), source: { file: tokenFile }, ...options }),
  },
  {
    title: 'SDK auth file',
    published: (options) => new ClientSecretCredential(app().tenantId, app().clientId, app().secret, options),
    ours: (options) => fromSdkAuthFile({ path: sdkAuthFile, ...options }),
  },
  {
    title: 'the service principal of azureml-core',
    published: (options) => new ClientSecretCredential(app().tenantId, app().clientId, app().secret, options),
    ours: (options) =>
      servicePrincipalAuthentication({
        tenantId: app().tenantId,
        servicePrincipalId: app().clientId,
        servicePrincipalPassword: app().secret,
        ...options,
      }),
  },
  {
    title: 'workload identity',
    published: (options) =>
      new WorkloadIdentityCredential({
        tenantId: app().tenantId,
        clientId: app().clientId,
        tokenFilePath: tokenFile,
        ...options,
      }),
    ours: (options) =>
      fromWorkloadIdentity({
        tenantId: app().tenantId,
        clientId: app().clientId,
        tokenFilePath: tokenFile,
        ...options,
      }),
  },
  {
    title: 'on behalf of a person, with a secret',
    published: (options) =>
      new OnBehalfOfCredential({
        ...{ tenantId: app().tenantId, clientId: app().clientId, clientSecret: app().secret },
        userAssertionToken: userAssertion,
        ...options,
      }),
    ours: (options) => fromOnBehalfOf({ ...app(), clientSecret: app().secret, userAssertion, ...options }),
  },
  {
    title: 'on behalf of a person, with a certificate',
    published: (options) =>
      new OnBehalfOfCredential({
        ...{ tenantId: app().tenantId, clientId: app().clientId, certificatePath: pem },
        userAssertionToken: userAssertion,
        ...options,
      }),
    ours: (options) => fromOnBehalfOf({ ...app(), certificatePath: pem, userAssertion, ...options }),
  },
  {
    title: 'on behalf of a person, with an assertion',
    published: (options) =>
      new OnBehalfOfCredential({
        ...{ tenantId: app().tenantId, clientId: app().clientId, getAssertion: sign },
        userAssertionToken: userAssertion,
        ...options,
      }),
    ours: (options) => fromOnBehalfOf({ ...app(), getAssertion: sign, userAssertion, ...options }),
  },
];

describe.each(FLOWS)('$title', ({ published, ours }) => {
  for (const [kind, asked] of KINDS) {
    sameOnTheWire(`as @azure/identity sends it${kind}`, {
      published: () => publishedSends(published, asked),
      ours: () => oursSends(ours, asked),
    });
  }
});

describe('environment', () => {
  sameOnTheWire('a secret in variables', {
    async published() {
      const { tenantId, clientId, secret } = app();
      vi.stubEnv('AZURE_TENANT_ID', tenantId);
      vi.stubEnv('AZURE_CLIENT_ID', clientId);
      vi.stubEnv('AZURE_CLIENT_SECRET', secret);
      try {
        return await publishedSends((options) => new EnvironmentCredential(options), {});
      } finally {
        vi.unstubAllEnvs();
      }
    },
    ours() {
      const { tenantId, clientId, secret } = app();
      const env = { AZURE_TENANT_ID: tenantId, AZURE_CLIENT_ID: clientId, AZURE_CLIENT_SECRET: secret };
      return oursSends((options) => fromEnvironment({ env, ...options }), {});
    },
  });
});

describe('Azure Pipelines', () => {
  /** A token service of pipelines; the second request goes to the emulator. */
  async function withPipeline(work: (origin: string) => Promise<WireRequest[]>): Promise<WireRequest[]> {
    const assertion = await sign();
    const { certificate: cert, privateKey: key } = await authority.issueLeaf();
    const server = await startRecordingServer(
      (response) => {
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ oidcToken: assertion }));
      },
      { cert, key },
    );
    try {
      const requests = await work(server.origin);
      // The port is another one for each.
      return requests.map((request) => ({
        ...request,
        url: request.url.replace(server.origin, 'https://pipeline'),
      }));
    } finally {
      await server.close();
    }
  }

  sameOnTheWire('the token of the job, then that of the application', {
    published: () =>
      withPipeline(async (origin) => {
        vi.stubEnv('SYSTEM_OIDCREQUESTURI', `${origin}/oidc`);
        const seen = new Set<string>();
        try {
          const sent = await publishedSends(
            (options) =>
              new AzurePipelinesCredential(app().tenantId, app().clientId, 'sc-1', 'step-secret', {
                ...options,
              } as object),
            {},
          );
          // It asks the pipeline twice for one token: once is compared.
          return sent.filter(
            ({ url }) => !seen.has(url.split('?')[0] ?? '') && seen.add(url.split('?')[0] ?? ''),
          );
        } finally {
          vi.unstubAllEnvs();
        }
      }),
    ours: () =>
      withPipeline((origin) =>
        oursSends(
          (options) =>
            fromAzurePipelines({
              ...app(),
              serviceConnectionId: 'sc-1',
              env: { SYSTEM_OIDCREQUESTURI: `${origin}/oidc`, SYSTEM_ACCESSTOKEN: 'step-secret' },
              ...options,
            }),
          {},
        ),
      ),
  });
});
