import { chain, type Credential } from '@aml-auth/core';
import { manualClock, type ManualClock } from '@aml-auth/core/testing';
import { fromManagedIdentity, fromWorkloadIdentity } from '@aml-auth/credentials';
import { UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { settle } from '../support/settle.js';
import { outage, status } from '../support/token-service.js';

const ARM = 'https://management.azure.com/.default';
const ID = '11111111-1111-4111-8111-111111111111';

interface Machine {
  readonly clock: ManualClock;
  readonly credential: Credential;
  /** Requests for tokens; the probe is not one. */
  readonly asked: number[];
  readonly probes: number[];
}

const token = (seconds = 3600): Response =>
  Response.json({ access_token: new UnsecuredJWT({ appid: ID }).encode(), expires_in: String(seconds) });

/** A machine whose metadata service is in the hands of a test. The probe is answered unless `probe` says otherwise. */
function machine(
  answer: (request: number, at: number) => Response | Error | Promise<Response>,
  probe: (clock: ManualClock) => Promise<Response> = () => Promise.resolve(status(400)),
): Machine {
  const clock = manualClock();
  const [asked, probes]: [number[], number[]] = [[], []];
  const credential = fromManagedIdentity({
    env: {},
    clock,
    fetch: async (_input, init) => {
      if (!new Headers(init?.headers).has('metadata')) {
        probes.push(clock.monotonic());
        return Promise.race([probe(clock), aborted(init?.signal)]);
      }
      asked.push(clock.monotonic());
      const reply = await answer(asked.length, clock.monotonic());
      if (reply instanceof Error) throw reply;
      return reply;
    },
  });
  return { clock, credential, asked, probes };
}

function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
  });
}
const after = (clock: ManualClock, ms: number): Promise<Response> =>
  new Promise((resolve) => clock.schedule(ms, () => resolve(status(400))));
const never = (): Promise<Response> => new Promise(() => undefined);

describe('the metadata service', () => {
  it.each([
    ['says three times that it knows no identity yet (404)', 404, 3],
    ['asks to slow down (429)', 429, 2],
    ['fails (500)', 500, 3],
  ])('that %s gives the token in the end', async (_what, code, times) => {
    const { clock, credential, asked } = machine((n) => (n <= times ? status(code) : token()));
    const { value, ms } = await settle(clock, credential.getToken(ARM));
    expect(value?.tokenType).toBe('Bearer');
    expect(asked).toHaveLength(times + 1);
    expect(ms).toBeLessThan(20_000);
  });

  it('that is upgraded for 65 seconds (410) gives the token within 80', async () => {
    const { clock, credential } = machine((_n, at) => (at < 65_000 ? status(410) : token()));
    const { value, ms } = await settle(clock, credential.getToken(ARM));
    expect(value?.tokenType).toBe('Bearer');
    expect(ms).toBeLessThanOrEqual(80_000);
  });

  it.each([
    ['nobody listens', () => Promise.reject(outage('ECONNREFUSED'))],
    ['there is no route', () => Promise.reject(outage('EHOSTUNREACH'))],
    ['packets go nowhere', never],
    ['it answers after 1.1 seconds', (clock: ManualClock) => after(clock, 1_100)],
    [
      'Docker Desktop answers in its place',
      () => Promise.resolve(new Response('unreachable network', { status: 403 })),
    ],
  ])('lets a chain go on within 1.5 seconds where %s, and is not asked again', async (_what, probe) => {
    const { clock, credential, asked, probes } = machine(() => token(), probe);
    const links = chain(credential, fromWorkloadIdentity({ env: {} }));
    const first = await settle(clock, links.getToken(ARM));
    expect(first.error).toMatchObject({ code: 'AML_CHAIN_EXHAUSTED' });
    expect(first.ms).toBeLessThanOrEqual(1_500);
    const second = await settle(clock, links.getToken(ARM));
    expect(second.ms).toBe(0);
    expect([asked.length, probes.length]).toEqual([0, 1]);
  });

  it('that answers after 900 milliseconds is there', async () => {
    const { clock, credential } = machine(
      () => token(),
      (time) => after(time, 900),
    );
    expect((await settle(clock, credential.getToken(ARM))).value?.tokenType).toBe('Bearer');
  });

  it('that appears later is found within a minute, without a restart', async () => {
    let isThere = false;
    const { clock, credential } = machine(
      () => token(),
      () => (isThere ? Promise.resolve(status(400)) : Promise.reject(outage('ECONNREFUSED'))),
    );
    expect((await settle(clock, credential.getToken(ARM))).error).toMatchObject({ code: 'AML_UNAVAILABLE' });
    isThere = true;
    clock.advance(60_000);
    expect((await settle(clock, credential.getToken(ARM))).value?.tokenType).toBe('Bearer');
  });
});

describe('a managed identity', () => {
  it('that is assigned after the start is found within a minute, without a restart', async () => {
    let isAssigned = false;
    const { clock, credential, asked } = machine(() =>
      isAssigned
        ? token()
        : status(400, { error: 'invalid_request', error_description: 'Identity not found' }),
    );
    expect((await settle(clock, credential.getToken(ARM))).error).toMatchObject({
      code: 'AML_CREDENTIAL_REJECTED',
    });
    isAssigned = true;
    const begun = clock.monotonic();
    for (;;) {
      const { value } = await settle(clock, credential.getToken(ARM));
      if (value !== undefined) break;
      clock.advance(1_000);
    }
    expect(clock.monotonic() - begun).toBeLessThanOrEqual(60_000);
    expect(asked.length).toBeLessThanOrEqual(7);
  });
});
