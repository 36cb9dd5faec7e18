import { AzureMachineLearningWorkspaces } from '@azure/arm-machinelearning';
import {
  bearerTokenAuthenticationPolicy,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
} from '@azure/core-rest-pipeline';
import { createAccessToken, type Credential } from '@aml-auth/core';
import { createArmClient, type ArmClient } from '@aml-auth/rest';
import { describe, expect, it } from 'vitest';
import { collect, countingCredential } from '../loopback-arm.js';

const FOREIGN = 'https://evil.example';
const HOME = 'management.azure.com';
const SUBSCRIPTION = '00000000-0000-0000-0000-000000000003';
const REF = { subscriptionId: SUBSCRIPTION, resourceGroup: 'rg-ml', workspaceName: 'ws1' };

interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** What the home of the resources answers; every other host says that all is done. */
type Home = (method: string) => Reply;
const DONE: Reply = { status: 200, body: { status: 'Succeeded', value: [], properties: {} } };

/** One way in which a reply leads elsewhere, and a call that meets it. */
interface Lure {
  readonly home: Home;
  readonly ours: (arm: ArmClient) => Promise<unknown>;
  readonly theirs: (client: AzureMachineLearningWorkspaces) => Promise<unknown>;
}

const compute = { location: 'westeurope', properties: { computeType: 'AmlCompute' } } as const;
const follow = { updateIntervalInMs: 0 };

const LURES = {
  nextLink: {
    home: () => ({ status: 200, body: { value: [], nextLink: `${FOREIGN}/jobs?$skip=1` } }),
    ours: (arm) => collect(arm.workspace(REF).jobs.list()),
    theirs: (client) => collect(client.jobs.list('rg-ml', 'ws1')),
  },
  Location: {
    home: () => ({ status: 202, headers: { location: `${FOREIGN}/operation` } }),
    ours: async (arm) => (await arm.workspace(REF).jobs.delete('job')).result(),
    theirs: (client) => client.jobs.beginDeleteAndWait('rg-ml', 'ws1', 'job', follow),
  },
  'Azure-AsyncOperation': {
    home: (method) =>
      method === 'GET'
        ? DONE
        : { status: 201, headers: { 'azure-asyncoperation': `${FOREIGN}/operation` }, body: {} },
    ours: async (arm) => (await arm.workspace(REF).computes.put('cpu', compute)).result(),
    theirs: (client) =>
      client.computeOperations.beginCreateOrUpdateAndWait('rg-ml', 'ws1', 'cpu', compute, follow),
  },
  redirect: {
    home: () => ({ status: 307, headers: { location: `${FOREIGN}/jobs/job` } }),
    ours: (arm) => arm.workspace(REF).jobs.get('job'),
    theirs: (client) => client.jobs.get('rg-ml', 'ws1', 'job'),
  },
} satisfies Record<string, Lure>;

/** Hosts that were given a token, by our client and by theirs. */
async function hostsWithToken({ home, ours, theirs }: Lure): Promise<{ ours: string[]; theirs: string[] }> {
  const given = { ours: [] as string[], theirs: [] as string[] };
  const reply = (side: string[], method: string, url: string, token: string | undefined | null): Reply => {
    const { host } = new URL(url);
    if (token !== undefined && token !== null) side.push(host);
    return host === HOME ? home(method) : DONE;
  };
  const send = ((input: string | URL, init: RequestInit = {}) => {
    const token = new Headers(init.headers).get('authorization');
    const { status, headers = {}, body } = reply(given.ours, init.method ?? 'GET', String(input), token);
    return Promise.resolve(
      new Response(body === undefined ? null : JSON.stringify(body), { status, headers }),
    );
  }) as typeof fetch;
  await ours(createArmClient({ credential: countingCredential(), fetch: send })).catch(() => undefined);
  const httpClient: HttpClient = {
    sendRequest: (request) => {
      const token = request.headers.get('authorization');
      const { status, headers = {}, body } = reply(given.theirs, request.method, request.url, token);
      return Promise.resolve({
        request,
        status,
        headers: createHttpHeaders(headers),
        bodyAsText: body === undefined ? '' : JSON.stringify(body),
      });
    },
  };
  const client = new AzureMachineLearningWorkspaces(countingCredential(), SUBSCRIPTION, { httpClient });
  await theirs(client).catch(() => undefined);
  return given;
}

describe('a token', () => {
  it.each(['nextLink', 'Location', 'Azure-AsyncOperation'] as const)(
    'does not go to the foreign host of %s, where @azure/arm-machinelearning sends it',
    async (name) => {
      const { ours, theirs } = await hostsWithToken(LURES[name]);
      expect(new Set(ours)).toEqual(new Set([HOME]));
      expect(theirs).toContain(new URL(FOREIGN).host);
    },
  );

  it('does not go to the foreign host of a redirect, nor does that of @azure/arm-machinelearning', async () => {
    const { ours, theirs } = await hostsWithToken(LURES.redirect);
    expect(ours).toEqual([HOME]);
    expect(theirs).toEqual([HOME]);
  });
});

const CLAIMS = Buffer.from('{"access_token":{"nbf":{"essential":true,"value":"1"}}}').toString('base64');
const CHALLENGE = { 'www-authenticate': `Bearer error="insufficient_claims", claims="${CLAIMS}"` };

/** Refuses the token `old`; the refusals come in waves, each when the one before has been dealt with. */
function wavesOfRefusals(size: number) {
  const held: { release: () => void }[] = [];
  let succeeded = 0;
  return {
    async reply(bearer: string | null | undefined): Promise<boolean> {
      if (bearer !== 'Bearer old') {
        succeeded += 1;
        return true;
      }
      await new Promise<void>((release) => held.push({ release }));
      return false;
    },
    async release(total: number): Promise<void> {
      await expect.poll(() => held.length).toBe(total);
      for (let sent = 0; sent < total; sent += size) {
        for (const { release } of held.slice(sent, sent + size)) release();
        await expect.poll(() => succeeded).toBe(Math.min(total, sent + size));
      }
    },
  };
}

function renewing(): Credential & { claims: number } {
  const credential = {
    claims: 0,
    getToken: (_scopes: unknown, options?: { claims?: string | undefined }) => {
      if (options?.claims !== undefined) credential.claims += 1;
      const token = options?.claims === undefined ? 'old' : `new-${String(credential.claims)}`;
      return Promise.resolve(createAccessToken({ token, expiresOnTimestamp: Date.now() + 3_600_000 }));
    },
    describe: () => ({ method: 'test' }),
  };
  return credential as Credential & { claims: number };
}

describe('fifty requests whose refusals come one group after the other', () => {
  it('cost one token, where @azure/core-rest-pipeline asks for one a group', async () => {
    const ours = renewing();
    const ourWaves = wavesOfRefusals(10);
    const send = (async (_input: unknown, init: RequestInit = {}) =>
      (await ourWaves.reply(new Headers(init.headers).get('authorization')))
        ? new Response('{}')
        : new Response('{}', { status: 401, headers: CHALLENGE })) as typeof fetch;
    const arm = createArmClient({ credential: ours, fetch: send });
    const path = `/subscriptions/${SUBSCRIPTION}`;
    const calls = Array.from({ length: 50 }, () =>
      arm.request({ method: 'GET', path, apiVersion: '2022-12-01' }),
    );
    await ourWaves.release(50);
    await Promise.all(calls);

    const theirs = renewing();
    const theirWaves = wavesOfRefusals(10);
    const httpClient: HttpClient = {
      sendRequest: async (request) => {
        const ok = await theirWaves.reply(request.headers.get('authorization'));
        return {
          request,
          status: ok ? 200 : 401,
          headers: createHttpHeaders(ok ? {} : CHALLENGE),
          bodyAsText: '{}',
        };
      },
    };
    const pipeline = createEmptyPipeline();
    pipeline.addPolicy(
      bearerTokenAuthenticationPolicy({
        credential: theirs,
        scopes: 'https://management.azure.com/.default',
      }),
    );
    const replies = Array.from({ length: 50 }, () =>
      pipeline.sendRequest(httpClient, createPipelineRequest({ url: `https://${HOME}${path}` })),
    );
    await theirWaves.release(50);
    await Promise.all(replies);

    expect(ours.claims).toBe(1);
    expect(theirs.claims).toBeGreaterThan(1);
  });
});
