import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccessToken } from '@aml-auth/core';
import {
  chain,
  defaultChain,
  fromAzureCli,
  fromManagedIdentity,
  fromWorkloadIdentity,
} from '@aml-auth/credentials';
import { createExternalIssuer, startEmulator, trustEmulator } from '@aml-auth/emulator';
import { afterEach, beforeEach, describe } from 'vitest';
import { azStandIn, PRINTS_TOKEN, type AzStandIn } from '../support/az-stand-in.js';
import { runScript } from '../support/run-script.js';
import { outcomeOf, sideBySide } from '../support/side-by-side.js';

const SCOPE = 'https://management.azure.com/.default';
const CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1795385834"}}}';
const CLIENT_ID = '11111111-1111-4111-8111-111111111111';

const published = <T>(scenario: string, env: Record<string, string>, given: object = {}) =>
  runScript<T>(new URL('clients/published.mjs', import.meta.url), { scenario, ...given }, env);
const times = <T>(count: number, call: () => Promise<T>) => Promise.all(Array.from({ length: count }, call));
const text = ({ token }: { token: string }) => token;

/** An identity endpoint: what it was asked, and what it answers. */
let asked: string[];
let answer: (response: ServerResponse) => void;
let origin: string;
let stop: () => Promise<void>;

let issued = 0;
const token = (response: ServerResponse): void => {
  issued += 1;
  const body = { access_token: `token-${issued}`, expires_on: Math.floor(Date.now() / 1000) + 86_400 };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
const refusal = (response: ServerResponse): void => {
  const body = { statusCode: 400, message: 'No User Assigned or Delegated Managed Identity found' };
  response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

beforeEach(async () => {
  asked = [];
  answer = token;
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
});
afterEach(() => stop());

/** How many requests `work` made. */
async function count(work: () => Promise<unknown>): Promise<number> {
  const before = asked.length;
  await work();
  return asked.length - before;
}

const compute = () => ({
  MSI_ENDPOINT: `${origin}/MSI/auth`,
  MSI_SECRET: 's3cret',
  DEFAULT_IDENTITY_CLIENT_ID: CLIENT_ID,
});
const appService = (path = 'one') => ({ IDENTITY_ENDPOINT: `${origin}/${path}`, IDENTITY_HEADER: 'h' });

describe('managed identity', () => {
  sideBySide('ten callers at once on Azure Machine Learning compute: requests', {
    published: { run: () => count(() => published('parallel', compute())), shows: 10 },
    ours: {
      run() {
        const credential = fromManagedIdentity({ env: compute() });
        return count(() => times(10, () => credential.getToken(SCOPE)));
      },
      shows: 1,
    },
  });

  sideBySide('an identity that is refused: the error, and what a chain makes of it', {
    published: {
      run() {
        answer = refusal;
        return published('refused', appService());
      },
      shows: ['CredentialUnavailableError', 'somebody else'],
    },
    ours: {
      async run() {
        const env = appService();
        const next = {
          getToken: () =>
            Promise.resolve(
              createAccessToken({ token: 'somebody else', expiresOnTimestamp: Date.now() + 1e6 }),
            ),
          describe: () => ({ method: 'next' }),
        };
        return [
          await outcomeOf(fromManagedIdentity({ env }).getToken(SCOPE), text),
          await outcomeOf(chain(fromManagedIdentity({ env }), next).getToken(SCOPE), text),
        ];
      },
      shows: ['AML_CREDENTIAL_REJECTED', 'AML_CREDENTIAL_REJECTED'],
    },
  });

  const paths = () => asked.map((url) => url.split('?')[0]);
  sideBySide('a new credential after the environment has changed: the endpoints that are asked', {
    published: {
      async run() {
        await published('changed', appService('one'), { env: appService('two') });
        return paths();
      },
      shows: ['/one', '/one'],
    },
    ours: {
      async run() {
        asked = [];
        await fromManagedIdentity({ env: appService('one') }).getToken(SCOPE);
        await fromManagedIdentity({ env: appService('two') }).getToken('https://ml.azure.com/.default');
        return paths();
      },
      shows: ['/one', '/two'],
    },
  });

  sideBySide('a call that was cancelled beforehand', {
    published: {
      run: async () => (await published<string>('aborted', appService())).split('-')[0] ?? '',
      shows: 'token',
    },
    ours: {
      run: () =>
        outcomeOf(
          fromManagedIdentity({ env: appService() }).getToken(SCOPE, { abortSignal: AbortSignal.abort() }),
        ),
      shows: 'AML_CANCELLED',
    },
  });

  sideBySide('a claims challenge: the token that was refused is given again', {
    published: { run: () => published('challenged', appService()), shows: true },
    ours: {
      async run() {
        const credential = fromManagedIdentity({ env: appService() });
        const first = await credential.getToken(SCOPE);
        return first.token === (await credential.getToken(SCOPE, { claims: CLAIMS })).token;
      },
      shows: false,
    },
  });

  sideBySide(
    'two calls with a projected token file: token requests, and whether the injected client is used',
    {
      published: {
        run: () =>
          withFederation(async (env, tokenRequests) => {
            const { injected } = await published<{ injected: number }>('federated', env);
            return { requests: tokenRequests(), injected: injected > 0 };
          }),
        shows: { requests: 2, injected: false },
      },
      ours: {
        run: () =>
          withFederation(async (env, tokenRequests, cloud) => {
            let injected = 0;
            const counting: typeof fetch = (input, init) => {
              injected += 1;
              return fetch(input, init);
            };
            const credential = fromWorkloadIdentity({ env, cloud, fetch: counting });
            await credential.getToken(SCOPE);
            await credential.getToken(SCOPE);
            return { requests: tokenRequests(), injected: injected > 0 };
          }),
        shows: { requests: 1, injected: true },
      },
    },
  );
});

/** An emulator whose application trusts the token in a file, as in a pod. */
async function withFederation<T>(
  work: (
    env: Record<string, string>,
    tokenRequests: () => number,
    cloud: Awaited<ReturnType<typeof startEmulator>>['cloud'],
  ) => Promise<T>,
): Promise<T> {
  const issuer = await createExternalIssuer({ issuer: 'https://oidc.cluster.example' });
  const folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
  const emulator = await startEmulator({
    seed: {
      tenants: [
        { name: 'contoso', apps: [{ name: 'pod', federated: [{ issuer: issuer.issuer, subject: 'pod' }] }] },
      ],
      issuers: [{ issuer: issuer.issuer, keys: issuer.jwks }],
    },
  });
  trustEmulator(emulator);
  try {
    const file = join(folder, 'token');
    await writeFile(file, await issuer.sign({ sub: 'pod', aud: 'api://AzureADTokenExchange' }));
    const { tenantId, clientId } = emulator.app('pod');
    const env = {
      ...emulator.env(),
      AZURE_CLIENT_SECRET: '',
      AZURE_TENANT_ID: tenantId,
      AZURE_CLIENT_ID: clientId,
      AZURE_FEDERATED_TOKEN_FILE: file,
    };
    return await work(
      env,
      () => emulator.requests.filter(({ method }) => method === 'POST').length,
      emulator.cloud,
    );
  } finally {
    await emulator.close();
    await rm(folder, { recursive: true });
  }
}

describe.skipIf(process.platform === 'win32')('the Azure CLI', () => {
  let az: AzStandIn;
  beforeEach(async () => {
    az = await azStandIn();
  });
  afterEach(() => az.remove());
  const runs = async (work: () => Promise<unknown>) => {
    const before = (await az.runs()).length;
    await work();
    return (await az.runs()).length - before;
  };

  sideBySide('fifteen calls, ten of them at once: starts of az', {
    published: { run: () => runs(() => published('cli', az.env)), shows: 15 },
    ours: {
      run() {
        const credential = fromAzureCli({ env: az.env });
        return runs(async () => {
          await times(10, () => credential.getToken(SCOPE));
          for (let call = 0; call < 5; call += 1) await credential.getToken(SCOPE);
        });
      },
      shows: 1,
    },
  });

  sideBySide('a warning about "az login" beside a good token', {
    published: {
      async run() {
        await az.behave(
          `console.error('WARNING: some subscriptions need MFA: run az login for them'); ${PRINTS_TOKEN}`,
        );
        return published('cliOnce', az.env);
      },
      shows: 'CredentialUnavailableError',
    },
    ours: { run: () => outcomeOf(fromAzureCli({ env: az.env }).getToken(SCOPE)), shows: 'token' },
  });

  sideBySide('a call that is cancelled while az runs', {
    published: {
      run: async () => (await published<string>('cliAborted', az.env)).split('-')[0] ?? '',
      shows: 'token',
    },
    ours: {
      run() {
        const controller = new AbortController();
        const call = fromAzureCli({ env: az.env }).getToken(SCOPE, { abortSignal: controller.signal });
        controller.abort();
        return outcomeOf(call);
      },
      shows: 'AML_CANCELLED',
    },
  });

  const noMachine = (response: ServerResponse): void => {
    response.writeHead(403).end('A socket operation was attempted to an unreachable network');
  };
  const desk = () => ({ ...az.env, AZURE_POD_IDENTITY_AUTHORITY_HOST: origin });
  sideBySide('three calls of the default chain at a desk: [requests to the metadata service, starts of az]', {
    published: {
      async run() {
        answer = noMachine;
        const before = asked.length;
        const started = await runs(() => published('walk', desk()));
        return [asked.length - before, started];
      },
      shows: [3, 3],
    },
    ours: {
      async run() {
        const credential = defaultChain({ env: desk() });
        const before = asked.length;
        const started = await runs(async () => {
          for (let call = 0; call < 3; call += 1) await credential.getToken(SCOPE);
        });
        return [asked.length - before, started];
      },
      shows: [1, 1],
    },
  });
});
