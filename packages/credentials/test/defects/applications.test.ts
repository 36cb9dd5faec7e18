import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemClock, type AmlAuthError, type Clock } from '@aml-auth/core';
import {
  chain,
  fromClientAssertion,
  fromClientCertificate,
  fromClientSecret,
  type ClientSecretOptions,
} from '@aml-auth/credentials';
import { createExternalIssuer, startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import {
  ChainedTokenCredential,
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  type ClientSecretCredentialOptions,
} from '@azure/identity';
import { ConfidentialClientApplication } from '@azure/msal-node';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { hurriedClock } from '../support/hurried-clock.js';
import { makeCertificate } from '../support/make-certificate.js';
import { patchedFetch, patchedPolicy, type Patch } from '../support/patched-replies.js';
import { outcomeOf, sideBySide } from '../support/side-by-side.js';

const ARM = 'https://management.azure.com/.default';
const AML = 'https://ml.azure.com/.default';
const ISSUER = 'https://ci.example';

let emulator: Emulator;
let sign: () => Promise<string>;
let folder: string;
beforeAll(async () => {
  const issuer = await createExternalIssuer({ issuer: ISSUER });
  sign = () => issuer.sign({ sub: 'job', aud: 'api://AzureADTokenExchange' });
  emulator = await startEmulator({
    seed: {
      tenants: [
        {
          name: 'contoso',
          apps: [
            { name: 'trainer', secrets: [{ value: 'dev-secret' }] },
            { name: 'somebody-else', secrets: [{ value: 'other-secret' }] },
            { name: 'rotating', certificates: ['generate', 'generate'] },
            { name: 'job', federated: [{ issuer: ISSUER, subject: 'job' }] },
          ],
        },
      ],
      issuers: [{ issuer: ISSUER, keys: issuer.jwks }],
    },
  });
  trustEmulator(emulator);
});
afterAll(() => emulator.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true });
});

const sdk = (more: Partial<ClientSecretCredentialOptions> = {}) => ({
  authorityHost: emulator.origin,
  disableInstanceDiscovery: true,
  ...more,
});

function theirs(secret?: string, more: Partial<ClientSecretCredentialOptions> = {}): ClientSecretCredential {
  const app = emulator.app('trainer');
  return new ClientSecretCredential(app.tenantId, app.clientId, secret ?? app.secret ?? '', sdk(more));
}

function ours(secret?: string, more: Partial<ClientSecretOptions> = {}) {
  const app = emulator.app('trainer');
  const { cloud } = emulator;
  return fromClientSecret({ ...app, clientSecret: secret ?? app.secret ?? '', cloud, ...more });
}

/** Token and discovery requests while `work` ran. */
async function requestsFor(work: () => Promise<unknown>): Promise<[token: number, discovery: number]> {
  const before = emulator.requests.length;
  await work();
  const methods = emulator.requests.slice(before).map(({ method }) => method);
  const token = methods.filter((method) => method === 'POST').length;
  return [token, methods.length - token];
}

const times = <T>(count: number, call: () => Promise<T>) => Promise.all(Array.from({ length: count }, call));

async function oneAfterTheOther(count: number, call: () => Promise<unknown>): Promise<void> {
  for (let index = 0; index < count; index += 1) await call();
}

sideBySide('twenty callers at once: [token, discovery] requests', {
  published: { run: () => requestsFor(() => callAll(theirs())), shows: [20, 20] },
  ours: { run: () => requestsFor(() => callAll(ours())), shows: [1, 0] },
});

function callAll(credential: { getToken(scope: string): Promise<unknown> }): Promise<unknown> {
  return times(20, () => credential.getToken(ARM));
}

/** Replies that want a refresh after half an hour. */
const wantsRefresh: Patch = (body) => ('access_token' in body ? { ...body, refresh_in: 1800 } : body);

const FORTY_MINUTES = 40 * 60_000;

/** A token that is to be refreshed, and is good for half an hour more. */
async function inRefreshWindow<T>(credential: {
  getToken(scope: string): Promise<T>;
}): Promise<() => Promise<T>> {
  vi.useFakeTimers({ toFake: ['Date'] });
  await credential.getToken(ARM);
  vi.setSystemTime(Date.now() + FORTY_MINUTES);
  return () => credential.getToken(ARM);
}

/** Follows the dates of the test with both of its times. */
const datedClock: Clock = { ...systemClock, monotonic: () => Date.now() };

sideBySide('ten callers at once with a token that is to be refreshed: token requests', {
  published: {
    async run() {
      const call = await inRefreshWindow(
        theirs(undefined, { additionalPolicies: [patchedPolicy(wantsRefresh)] }),
      );
      return (await requestsFor(() => times(10, call)))[0];
    },
    shows: 10,
  },
  ours: {
    async run() {
      let refreshed = (): void => undefined;
      const done = new Promise<void>((resolve) => (refreshed = resolve));
      const fetch = patchedFetch(wantsRefresh);
      const events = { onRefresh: () => refreshed() };
      const call = await inRefreshWindow(ours(undefined, { fetch, events, clock: datedClock }));
      const [requests] = await requestsFor(async () => {
        await times(10, call);
        await done;
      });
      return requests;
    },
    shows: 1,
  },
});

sideBySide('an outage while the token is to be refreshed, and good for half an hour more', {
  published: {
    async run() {
      let down = false;
      const outage = {
        position: 'perRetry' as const,
        policy: {
          name: 'outage',
          sendRequest: (request: never, next: (request: never) => Promise<never>) =>
            down ? Promise.reject(new Error('down')) : next(request),
        },
      };
      const additionalPolicies = [patchedPolicy(wantsRefresh), outage] as never;
      const call = await inRefreshWindow(
        theirs(undefined, { additionalPolicies, retryOptions: { maxRetries: 0 } }),
      );
      down = true;
      return outcomeOf(call());
    },
    shows: 'AuthenticationRequiredError',
  },
  ours: {
    async run() {
      let down = false;
      const patched = patchedFetch(wantsRefresh);
      const fetch: typeof globalThis.fetch = (input, init) =>
        down ? Promise.reject(new TypeError('fetch failed')) : patched(input, init);
      const call = await inRefreshWindow(ours(undefined, { fetch, clock: datedClock, timeLimitMs: 1_000 }));
      down = true;
      return outcomeOf(call());
    },
    shows: 'token',
  },
});

/** How often an assertion was asked for in five calls with one token. */
async function assertionsFor(
  make: (getAssertion: () => Promise<string>) => { getToken(scope: string): Promise<unknown> },
) {
  let asked = 0;
  const credential = make(() => {
    asked += 1;
    return sign();
  });
  await oneAfterTheOther(5, () => credential.getToken(ARM));
  return asked;
}

sideBySide('five calls with an assertion: times that it is asked for', {
  published: {
    run: () =>
      assertionsFor((getAssertion) => {
        const { tenantId, clientId } = emulator.app('job');
        return new ClientAssertionCredential(tenantId, clientId, getAssertion, sdk());
      }),
    shows: 10,
  },
  ours: {
    run: () =>
      assertionsFor((getAssertion) => {
        const { tenantId, clientId } = emulator.app('job');
        return fromClientAssertion({ tenantId, clientId, getAssertion, cloud: emulator.cloud });
      }),
    shows: 1,
  },
});

const whose = ({ token }: { token: string }) =>
  decodeJwt(token)['appid'] === emulator.app('somebody-else').clientId
    ? 'the token of somebody else'
    : 'token';

sideBySide('a chain whose first link has a wrong secret', {
  published: {
    run() {
      const { tenantId, clientId, secret = '' } = emulator.app('somebody-else');
      const next = new ClientSecretCredential(tenantId, clientId, secret, sdk());
      return outcomeOf(new ChainedTokenCredential(theirs('wrong'), next).getToken(ARM), whose);
    },
    shows: 'the token of somebody else',
  },
  ours: {
    run() {
      const { tenantId, clientId, secret = '' } = emulator.app('somebody-else');
      const next = fromClientSecret({ tenantId, clientId, clientSecret: secret, cloud: emulator.cloud });
      return outcomeOf(chain(ours('wrong'), next).getToken(ARM), whose);
    },
    shows: 'AML_CREDENTIAL_REJECTED',
  },
});

sideBySide('a wrong secret: the kind of error, and whether it has its number', {
  published: {
    run: () =>
      theirs('wrong')
        .getToken(ARM)
        .then(
          () => [],
          (error: unknown) => [(error as Error).name, 'errorResponse' in (error as Error)],
        ),
    shows: ['AuthenticationRequiredError', false],
  },
  ours: {
    run: () =>
      ours('wrong')
        .getToken(ARM)
        .then(
          () => [],
          (error: unknown) => [(error as AmlAuthError).code, (error as AmlAuthError).aadsts === 7000215],
        ),
    shows: ['AML_CREDENTIAL_REJECTED', true],
  },
});

/** Whether the second token is asked for with the certificate that has replaced the first one. */
async function followsRotation(
  make: (path: string) => { getToken(scope: string): Promise<unknown> },
): Promise<boolean> {
  const path = join(folder, 'certificate.pem');
  const { certificate } = emulator.app('rotating');
  const first = `${certificate?.pem ?? ''}\n${certificate?.privateKey ?? ''}`;
  const { certificate: pem, privateKey } = await makeCertificate({ name: 'rotated' });
  await writeFile(path, first);
  const credential = make(path);
  await credential.getToken(ARM);
  await writeFile(path, `${pem}\n${privateKey}`);
  // The emulator does not know the new one, and refuses it: what counts is which one it was shown.
  await credential.getToken(AML).catch(() => undefined);
  const thumbprints = sent.map((jwt) => decodeProtectedHeader(jwt)['x5t#S256']);
  return thumbprints[0] !== thumbprints[1];
}
let sent: string[] = [];
const formOf = (body: unknown) => new URLSearchParams(typeof body === 'string' ? body : '');

sideBySide('a certificate that is replaced on disk: the next token is asked for with the new one', {
  published: {
    run() {
      sent = [];
      const { tenantId, clientId } = emulator.app('rotating');
      const note = {
        position: 'perCall' as const,
        policy: {
          name: 'note',
          sendRequest(request: { body?: unknown }, next: (request: unknown) => unknown) {
            const assertion = formOf(request.body).get('client_assertion');
            if (assertion !== null) sent.push(assertion);
            return next(request);
          },
        },
      };
      const additionalPolicies = [note] as never;
      return followsRotation(
        (path) => new ClientCertificateCredential(tenantId, clientId, path, sdk({ additionalPolicies })),
      );
    },
    shows: false,
  },
  ours: {
    run() {
      sent = [];
      const { tenantId, clientId } = emulator.app('rotating');
      const fetch: typeof globalThis.fetch = (input, init) => {
        sent.push(formOf(init?.body).get('client_assertion') ?? '');
        return globalThis.fetch(input, init);
      };
      return followsRotation((certificatePath) =>
        fromClientCertificate({ tenantId, clientId, certificatePath, cloud: emulator.cloud, fetch }),
      );
    },
    shows: true,
  },
});

sideBySide('a service that is down once: requests in two calls, and how the second error is named', {
  published: {
    async run() {
      let requests = 0;
      const { tenantId, clientId, secret = '' } = emulator.app('trainer');
      const authority = `${emulator.origin}/${tenantId}`;
      const down = () => {
        requests += 1;
        return Promise.resolve({
          status: 503,
          headers: {},
          body: { error: 'temporarily_unavailable' } as never,
        });
      };
      const app = new ConfidentialClientApplication({
        auth: {
          clientId,
          clientSecret: secret,
          authority,
          knownAuthorities: [new URL(emulator.origin).host],
          authorityMetadata: JSON.stringify({
            issuer: `${authority}/v2.0`,
            authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
            token_endpoint: `${authority}/oauth2/v2.0/token`,
            jwks_uri: `${authority}/discovery/v2.0/keys`,
          }),
        },
        system: { networkClient: { sendGetRequestAsync: down, sendPostRequestAsync: down } },
      });
      const call = () => app.acquireTokenByClientCredential({ scopes: [ARM] });
      await call().catch(() => undefined);
      const code = await call().then(
        () => 'token',
        (error: unknown) => (error as { errorCode?: string }).errorCode ?? '',
      );
      return { requests, code };
    },
    shows: { requests: 1, code: '' },
  },
  ours: {
    async run() {
      let requests = 0;
      const down = () => {
        requests += 1;
        return Promise.resolve(Response.json({ error: 'temporarily_unavailable' }, { status: 503 }));
      };
      // The time limit leaves room for one attempt.
      const credential = ours(undefined, { fetch: down, timeLimitMs: 1 });
      await credential.getToken(ARM).catch(() => undefined);
      return { code: await outcomeOf(credential.getToken(ARM)), requests };
    },
    shows: { requests: 2, code: 'AML_SERVICE_UNAVAILABLE' },
  },
});

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** How many of the signals of finished requests are still in memory. */
async function keptSignals(
  run: (note: (signal: object) => void) => Promise<unknown>,
): Promise<'all' | 'none' | number> {
  const signals: WeakRef<object>[] = [];
  const keep = await run((signal) => signals.push(new WeakRef(signal)));
  const countAlive = () => signals.filter((signal) => signal.deref() !== undefined).length;
  // What is no longer needed goes when connections and finalizers have had their turns: seldom at once.
  for (let round = 0; round < 50 && countAlive() > 1; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  const alive = countAlive();
  // Whoever keeps them is itself in use up to here.
  if (keep === undefined || signals.length < 20) throw new Error('nothing was measured');
  return alive <= 1 ? 'none' : alive >= signals.length - 1 ? 'all' : alive;
}

const challenge = (index: number) => JSON.stringify({ access_token: { nbf: { value: String(index) } } });

sideBySide('the signals of twenty requests that are over, still in memory', {
  published: {
    run: () =>
      keptSignals(async (note) => {
        const policy = {
          name: 'note',
          sendRequest(request: { abortSignal?: object }, next: (request: unknown) => unknown) {
            if (request.abortSignal !== undefined) note(request.abortSignal);
            return next(request);
          },
        };
        const credential = theirs(undefined, {
          additionalPolicies: [{ policy, position: 'perCall' }] as never,
        });
        for (let index = 0; index < 20; index += 1)
          await credential.getToken(ARM, { claims: challenge(index) });
        return credential;
      }),
    shows: 'all',
  },
  ours: {
    run: () =>
      keptSignals(async (note) => {
        const clock = hurriedClock([]);
        const fetch: typeof globalThis.fetch = (input, init) => {
          if (init?.signal) note(init.signal);
          return globalThis.fetch(input, init);
        };
        const credential = ours(undefined, { fetch, clock, additionallyAllowedTenants: ['*'] });
        // Each tenant has a token of its own; the emulator knows none of them.
        for (let index = 0; index < 20; index += 1) {
          await credential.getToken(ARM, { tenantId: `t${index}.example` }).catch(() => undefined);
        }
        return credential;
      }),
    shows: 'none',
  },
});
