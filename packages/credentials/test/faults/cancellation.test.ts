import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAmlAuthError, type Credential, type TokenStore } from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import {
  fromAzureCli,
  fromBrowser,
  fromClientAssertion,
  fromClientSecret,
  fromDeviceCode,
  fromManagedIdentity,
  fromProcess,
} from '@aml-auth/credentials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grant, status, tokenService } from '../support/token-service.js';

const ARM = 'https://management.azure.com/.default';
const AML = 'https://ml.azure.com/.default';
const ID = '11111111-1111-4111-8111-111111111111';
const never = <T>(): Promise<T> => new Promise(() => undefined);

let folder: string;
let hanging: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
  hanging = join(folder, 'az');
  await writeFile(hanging, `#!${process.execPath}\nsetInterval(() => undefined, 1000);\n`);
  await chmod(hanging, 0o700);
});
afterAll(() => rm(folder, { recursive: true }));

/** A point at which a call waits for something that does not come. */
interface Stuck {
  readonly credential: Credential;
  /** Resolves when the call has got there. */
  readonly there: Promise<unknown>;
}

const application = { tenantId: ID, clientId: ID, clientSecret: 's' };

/** A function that never answers, and the moment at which it is first asked. */
function silence<T>(): { ask: () => Promise<T>; there: Promise<unknown> } {
  let arrive: (value?: unknown) => void = () => undefined;
  const there = new Promise((resolve) => (arrive = resolve));
  return {
    there,
    ask: () => {
      arrive();
      return never<T>();
    },
  };
}

function storeThat(part: Partial<TokenStore>): TokenStore {
  return {
    kind: 'memory',
    get: () => Promise.resolve(undefined),
    set: () => Promise.resolve(),
    delete: () => Promise.resolve(),
    ...part,
  };
}

const POINTS: Readonly<Record<string, () => Stuck>> = {
  'for the store': () => {
    const { ask, there } = silence<undefined>();
    return { there, credential: fromClientSecret({ ...application, tokenStore: storeThat({ get: ask }) }) };
  },
  'for the lease of a store': () => {
    const { ask, there } = silence<undefined>();
    return {
      there,
      credential: fromClientSecret({ ...application, tokenStore: storeThat({ acquireLease: ask }) }),
    };
  },
  'for an assertion': () => {
    const { ask, there } = silence<string>();
    return { there, credential: fromClientAssertion({ tenantId: ID, clientId: ID, getAssertion: ask }) };
  },
  'for the head of a reply': () => {
    const { ask, there } = silence<Response>();
    return { there, credential: fromClientSecret({ ...application, fetch: ask }) };
  },
  'for the body of a reply': () => {
    let arrive: (value?: unknown) => void = () => undefined;
    const there = new Promise((resolve) => (arrive = resolve));
    const fetch = (): Promise<Response> => {
      const body = new ReadableStream({
        pull: (controller) => {
          controller.enqueue(new TextEncoder().encode('{"acc'));
          arrive();
          return never();
        },
      });
      return Promise.resolve(new Response(body));
    };
    return { there, credential: fromClientSecret({ ...application, fetch }) };
  },
  'between two attempts': () => {
    const { credential, clock } = tokenService(() => status(503));
    const waits = new Promise((resolve) => {
      const look = (): void => {
        setImmediate(clock.pending > 0 ? resolve : look);
      };
      look();
    });
    return { there: waits, credential };
  },
  'for a managed identity': () => {
    const { ask, there } = silence<Response>();
    const env = { IDENTITY_ENDPOINT: 'http://127.0.0.1:1/t', IDENTITY_HEADER: 'h' };
    return { there, credential: fromManagedIdentity({ env, fetch: ask }) };
  },
  'for the probe of the metadata service': () => {
    const { ask, there } = silence<Response>();
    return { there, credential: fromManagedIdentity({ env: {}, fetch: ask, clock: manualClock() }) };
  },
  'for a device code': () => {
    const { ask, there } = silence<Response>();
    return { there, credential: fromDeviceCode({ onPrompt: () => undefined, fetch: ask }) };
  },
  'for a person with a device code': () => {
    const { ask, there } = silence<unknown>();
    const start = {
      user_code: 'ABCD-EFGH',
      device_code: 'd',
      verification_uri: 'https://x.example',
      expires_in: 900,
    };
    const fetch = (): Promise<Response> => Promise.resolve(Response.json(start));
    return { there, credential: fromDeviceCode({ onPrompt: ask, fetch, clock: manualClock() }) };
  },
  'for a person in the browser': () => {
    const { ask, there } = silence<unknown>();
    return { there, credential: fromBrowser({ openBrowser: ask }) };
  },
  'for the Azure CLI': () => ({
    there: new Promise(setImmediate),
    credential: fromAzureCli({ env: { PATH: folder, HOME: folder } }),
  }),
  'for a credential process': () => ({
    there: new Promise(setImmediate),
    credential: fromProcess({ program: hanging }),
  }),
};

const outcome = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'a token',
    (error: unknown) => error,
  );

describe('a call that waits', () => {
  it.each(Object.keys(POINTS))('%s is cancelled at once, and does not take others with it', async (point) => {
    const { credential, there } = POINTS[point]?.() ?? { credential: undefined, there: undefined };
    const [first, second] = [new AbortController(), new AbortController()];
    const leaving = outcome(credential?.getToken(ARM, { abortSignal: first.signal }) ?? never());
    let stays = true;
    const staying = outcome(credential?.getToken(ARM, { abortSignal: second.signal }) ?? never()).then(
      (result) => {
        stays = false;
        return result;
      },
    );
    await there;
    first.abort();
    const left = await leaving;
    expect(isAmlAuthError(left) && left.code).toBe('AML_CANCELLED');
    expect((left as Error).name).toBe('AbortError');
    expect(stays).toBe(true);
    second.abort();
    expect(await staying).toMatchObject({ code: 'AML_CANCELLED' });
  });
});

describe('one of several callers', () => {
  it('who gives up does not end the request that the others wait for', async () => {
    let answer: (reply: Response) => void = () => undefined;
    const signals: AbortSignal[] = [];
    const { credential } = tokenService(() => grant(), {
      fetch: (_input, init) => {
        if (init?.signal) signals.push(init.signal);
        return new Promise((resolve) => (answer = resolve));
      },
    });
    const impatient = new AbortController();
    const gone = outcome(credential.getToken(ARM, { abortSignal: impatient.signal }));
    const others = [1, 2, 3].map(() => credential.getToken(ARM));
    await expect.poll(() => signals.length, { timeout: 20_000 }).toBe(1);
    impatient.abort(new DOMException('took too long', 'TimeoutError'));
    expect(await gone).toMatchObject({ code: 'AML_CANCELLED' });
    expect(signals[0]?.aborted).toBe(false);
    answer(grant());
    expect(new Set((await Promise.all(others)).map(({ token }) => token)).size).toBe(1);
  });
});

describe('a revocation', () => {
  it('that fifty callers meet at the same time leads to one new token for each challenge', async () => {
    const { credential, requests } = tokenService(() => grant());
    await credential.getToken(ARM, { enableCae: true });
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1767225600"}}}';
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => credential.getToken(ARM, { enableCae: true, claims })),
    );
    expect(new Set(answers.map(({ token }) => token)).size).toBe(1);
    expect(requests).toHaveLength(2);
    // The new token serves calls without a challenge, and other resources are not touched.
    expect((await credential.getToken(ARM, { enableCae: true })).token).toBe(answers[0]?.token);
    await credential.getToken(AML, { enableCae: true });
    expect(requests).toHaveLength(3);
  });
});
