import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromManagedIdentity, type ManagedIdentityOptions } from '@aml-auth/credentials';
import { createCertificateAuthority } from '@aml-auth/emulator';
import { UnsecuredJWT } from 'jose';
import { describe } from 'vitest';
import { runScript } from '../support/run-script.js';
import { startRecordingServer, type Answer } from './recorders.js';
import { sameOnTheWire } from './same-on-the-wire.js';
import type { Difference, WireRequest } from './wire-facts.js';

const ARM = 'https://management.azure.com/.default';
const CLIENT_ID = '11111111-1111-4111-8111-111111111111';
const OBJECT_ID = '22222222-2222-4222-8222-222222222222';
const RESOURCE_ID =
  '/subscriptions/33333333-3333-4333-8333-333333333333/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-one';

/** A token that is for whichever identity was asked for. */
const token: Answer = (response, index) => {
  const access_token = new UnsecuredJWT({
    appid: CLIENT_ID,
    oid: OBJECT_ID,
    xms_mirid: RESOURCE_ID,
    idtyp: 'app',
    // Each is another one, and the same for both clients.
    uti: String(index),
  }).encode();
  const expires_on = String(Math.floor(Date.now() / 1000) + 86_400);
  const body = { access_token, expires_on, token_type: 'Bearer', resource: 'https://management.azure.com' };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

type Env = Readonly<Record<string, string>>;
type Selector = Pick<ManagedIdentityOptions, 'clientId' | 'objectId' | 'resourceId'>;
interface Source {
  readonly env: (origin: string) => Env;
  readonly answer?: Answer;
}

async function recorded(source: Source, work: (env: Env) => Promise<unknown>): Promise<WireRequest[]> {
  const server = await startRecordingServer(source.answer ?? token);
  try {
    await work(source.env(server.origin));
    return server.sent.map((request) => ({
      ...request,
      url: request.url.replace(server.origin, 'http://machine'),
    }));
  } finally {
    await server.close();
  }
}

const client = new URL('clients/managed-identity.mjs', import.meta.url);
const published = (source: Source, selector: Selector) => () =>
  recorded(source, (env) => runScript(client, { selector }, env));
const ours = (source: Source, selector: Selector) => () =>
  recorded(source, (env) =>
    fromManagedIdentity({ env, ...selector, metadataService: 'assume-present' }).getToken(ARM),
  );

const FORM = 'application/x-www-form-urlencoded; charset=utf-8';
/** What every source is asked without. */
const NO_FORM: Difference = {
  fact: 'header content-type',
  published: FORM,
  why: 'a GET request has no body that could have a type',
};
const ACCEPT: Difference = { fact: 'header accept', ours: '*/*', why: 'fetch adds it by itself' };
const NO_ACCEPT: Difference = {
  fact: 'header accept',
  published: '*/*',
  why: 'fetch adds it, and cannot compare a thumbprint: the request is made without it',
};
const NO_SLASH: Difference = {
  fact: 'url',
  published: 'http://machine/metadata/identity/oauth2/token/',
  ours: 'http://machine/metadata/identity/oauth2/token',
  why: 'the path as Microsoft documents it',
};
const METADATA: Difference = {
  fact: 'header metadata',
  ours: 'true',
  why: 'Azure Automation, which has the same variables, wants it; App Service does not mind',
};

const KINDS: readonly (readonly [string, Selector])[] = [
  ['the system-assigned identity', {}],
  ['an identity by client id', { clientId: CLIENT_ID }],
  ['an identity by object id', { objectId: OBJECT_ID }],
  ['an identity by resource id', { resourceId: RESOURCE_ID }],
];

const imds: Source = { env: (origin) => ({ AZURE_POD_IDENTITY_AUTHORITY_HOST: origin }) };
const appService: Source = {
  env: (origin) => ({ IDENTITY_ENDPOINT: `${origin}/msi/token`, IDENTITY_HEADER: 'h' }),
};
const azureML: Source = {
  env: (origin) => ({
    MSI_ENDPOINT: `${origin}/MSI/auth`,
    MSI_SECRET: 's3cret',
    DEFAULT_IDENTITY_CLIENT_ID: CLIENT_ID,
  }),
};
const onlineEndpoint: Source = {
  env: (origin) => ({ MSI_ENDPOINT: `${origin}/MSI/auth`, MSI_SECRET: 's3cret' }),
};
const cloudShell: Source = { env: (origin) => ({ MSI_ENDPOINT: `${origin}/token` }) };

describe('the Instance Metadata Service', () => {
  for (const [kind, selector] of KINDS) {
    sameOnTheWire(kind, {
      published: published(imds, selector),
      ours: ours(imds, selector),
      differences: [[NO_FORM, ACCEPT, NO_SLASH]],
    });
  }
});

describe('App Service', () => {
  for (const [kind, selector] of KINDS) {
    sameOnTheWire(kind, {
      published: published(appService, selector),
      ours: ours(appService, selector),
      differences: [[NO_FORM, ACCEPT, METADATA]],
    });
  }
});

describe('Azure Machine Learning', () => {
  for (const [kind, selector] of KINDS.slice(0, 2)) {
    sameOnTheWire(`compute, ${kind}`, {
      published: published(azureML, selector),
      ours: ours(azureML, selector),
      differences: [[NO_FORM, ACCEPT]],
    });
    sameOnTheWire(`online endpoint, ${kind}`, {
      published: published(onlineEndpoint, selector),
      ours: ours(onlineEndpoint, selector),
      differences: [[NO_FORM, ACCEPT]],
    });
  }
});

describe('Cloud Shell', () => {
  sameOnTheWire('the person', {
    published: published(cloudShell, {}),
    ours: ours(cloudShell, {}),
    differences: [[ACCEPT]],
  });
});

describe('Service Fabric', () => {
  async function withCluster(work: (env: Env, ca: string) => Promise<unknown>): Promise<WireRequest[]> {
    const authority = await createCertificateAuthority();
    const { certificate: cert, privateKey: key } = await authority.issueLeaf();
    const server = await startRecordingServer(token, { cert, key });
    const folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
    try {
      const ca = join(folder, 'ca.pem');
      await writeFile(ca, authority.certificate);
      const env = {
        IDENTITY_ENDPOINT: `${server.origin}/token`,
        IDENTITY_HEADER: 'h',
        IDENTITY_SERVER_THUMBPRINT: new X509Certificate(cert).fingerprint.replaceAll(':', ''),
      };
      await work(env, ca);
      return server.sent.map((request) => ({
        ...request,
        url: request.url.replace(server.origin, 'https://cluster'),
      }));
    } finally {
      await server.close();
      await rm(folder, { recursive: true });
    }
  }

  sameOnTheWire('the identity of the application', {
    published: () =>
      withCluster((env, ca) => runScript(client, { selector: {} }, { ...env, NODE_EXTRA_CA_CERTS: ca })),
    ours: () => withCluster((env) => fromManagedIdentity({ env }).getToken(ARM)),
    differences: [[NO_FORM]],
  });

  sameOnTheWire('a token of it that was refused, by @azure/msal-node', {
    published: () =>
      withCluster((env, ca) =>
        runScript(
          new URL('clients/revoked-token.mjs', import.meta.url),
          {},
          { ...env, NODE_EXTRA_CA_CERTS: ca },
        ),
      ),
    ours: () =>
      withCluster(async (env) => {
        const credential = fromManagedIdentity({ env });
        await credential.getToken(ARM, { enableCae: true });
        const claims = '{"access_token":{"nbf":{"essential":true,"value":"1795385834"}}}';
        await credential.getToken(ARM, { enableCae: true, claims });
      }),
    differences: [
      [NO_FORM, NO_ACCEPT],
      [NO_FORM, NO_ACCEPT],
    ],
  });
});

/** Clients read key files there only; other systems, and other users than root, may not write there. */
const KEYS = '/var/opt/azcmagent/tokens';
const writable = process.platform === 'linux' && !existsSync(KEYS) && canWrite();

function canWrite(): boolean {
  try {
    mkdirSync(KEYS, { recursive: true });
    rmdirSync(KEYS);
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!writable)('Azure Arc', () => {
  const key = join(KEYS, 'wire-comparison.key');
  const arc: Source = {
    env: (origin) => ({
      IDENTITY_ENDPOINT: `${origin}/metadata/identity/oauth2/token`,
      IMDS_ENDPOINT: origin,
    }),
    answer(response, index) {
      if (index > 0) token(response, index);
      else response.writeHead(401, { 'www-authenticate': `Basic realm=${key}` }).end();
    },
  };
  async function withKey(work: () => Promise<WireRequest[]>): Promise<WireRequest[]> {
    mkdirSync(KEYS, { recursive: true });
    await writeFile(key, 'the-key');
    try {
      return await work();
    } finally {
      await rm(key);
      if (existsSync(KEYS)) rmdirSync(KEYS);
    }
  }

  sameOnTheWire('the identity of the machine, with the challenge', {
    published: () => withKey(published(arc, {})),
    ours: () => withKey(ours(arc, {})),
    differences: [
      [NO_FORM, ACCEPT],
      [NO_FORM, ACCEPT],
    ],
  });
});
