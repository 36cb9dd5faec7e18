import {
  AmlAuthError,
  chain,
  createAccessToken,
  createChain,
  expectIdentity,
  explain,
  formatExplanation,
  type AmlAuthErrorInit,
  type Credential,
  type Finding,
  type SkipEvent,
} from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import { describe, expect, it } from 'vitest';

const SCOPE = 'https://ml.azure.com/.default';
const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';
const TOKEN = `eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify({ idtyp: 'app', tid: TENANT })).toString('base64url')}.c2ln`;
const clock = manualClock();

function link(method: string, outcome: AmlAuthErrorInit | 'token', seen: readonly Finding[] = []) {
  const calls = { count: 0 };
  const credential: Credential = {
    getToken() {
      calls.count += 1;
      clock.advance(7);
      return outcome === 'token'
        ? Promise.resolve(createAccessToken({ token: TOKEN, expiresOnTimestamp: Date.UTC(2026, 0, 1, 1) }))
        : Promise.reject(new AmlAuthError(outcome));
    },
    describe: () => ({ method, tenantId: TENANT }),
    findings: () => seen,
  };
  return Object.assign(credential, { calls });
}

const absent = () =>
  link(
    'environment',
    { code: 'AML_NOT_CONFIGURED', message: 'Nothing is set.', remedy: 'Set AZURE_CLIENT_ID.' },
    [{ what: 'variable AZURE_CLIENT_ID', found: false }],
  );

describe('explain', () => {
  it('tells for every link what it saw, how it ended and how long it took', async () => {
    const links = [absent(), link('azureCli', 'token'), link('deviceCode', 'token')];
    const explanation = await explain(createChain({ links, clock }), SCOPE, { clock: manualClock() });
    expect(explanation).toEqual({
      version: 1,
      scopes: [SCOPE],
      at: '2026-01-01T00:00:00.000Z',
      record: {
        method: 'chain',
        outcome: 'token',
        ms: 14,
        seen: [],
        identity: { kind: 'servicePrincipal', tenantId: TENANT },
        expiresOn: '2026-01-01T01:00:00.000Z',
        links: [
          {
            method: 'environment',
            tenantId: TENANT,
            outcome: 'skipped',
            ms: 7,
            seen: [{ what: 'variable AZURE_CLIENT_ID', found: false }],
            error: {
              code: 'AML_NOT_CONFIGURED',
              message: 'Nothing is set.',
              remedy: 'Set AZURE_CLIENT_ID.',
              retryable: false,
            },
          },
          {
            method: 'azureCli',
            tenantId: TENANT,
            outcome: 'token',
            ms: 7,
            seen: [],
            identity: { kind: 'servicePrincipal', tenantId: TENANT },
            expiresOn: '2026-01-01T01:00:00.000Z',
          },
          { method: 'deviceCode', tenantId: TENANT, outcome: 'notTried', ms: 0, seen: [] },
        ],
      },
    });
    expect(links[2]?.calls.count).toBe(0);
    expect(JSON.stringify(explanation)).not.toContain(TOKEN);
  });

  it('asks as getToken asks: the winner is remembered by either', async () => {
    const [first, second] = [absent(), link('azureCli', 'token')];
    const subject = createChain({ links: [first, second], clock });
    await explain(subject, SCOPE);
    await subject.getToken(SCOPE);
    expect([first.calls.count, second.calls.count]).toEqual([1, 2]);
    expect((await explain(subject, SCOPE)).record.links?.map(({ outcome }) => outcome)).toEqual([
      'token',
      'notTried',
    ]);
  });

  it('shows a refusal with its AADSTS number, policies and ids, and tries nobody after it', async () => {
    const refused = link('clientSecret', {
      code: 'AML_INTERACTION_REQUIRED',
      message: 'Blocked.',
      remedy: 'Ask the administrator.',
      aadsts: 53003,
      suberror: 'message_only',
      claims: '{"access_token":{}}',
      policyIds: [TENANT],
      correlation: { correlationId: 'c-1' },
    });
    const { record } = await explain(chain(refused, link('azureCli', 'token')), SCOPE);
    expect(record).toMatchObject({
      outcome: 'refused',
      error: { code: 'AML_INTERACTION_REQUIRED', aadsts: 53003 },
      links: [
        {
          outcome: 'refused',
          error: {
            aadsts: 53003,
            suberror: 'message_only',
            policyIds: [TENANT],
            correlation: { correlationId: 'c-1' },
          },
        },
        { outcome: 'notTried' },
      ],
    });
    expect(JSON.stringify(record)).not.toContain('access_token');
  });

  it.each([
    ['AML_NETWORK', 'failed'],
    ['AML_CANCELLED', 'failed'],
    ['AML_CREDENTIAL_REJECTED', 'refused'],
    ['AML_UNAVAILABLE', 'skipped'],
  ] as const)('calls %s %s', async (code, outcome) => {
    const { record } = await explain(link('x', { code, message: 'm' }), SCOPE);
    expect(record.outcome).toBe(outcome);
  });

  it('sees through a guard, and shows what the guard refused', async () => {
    const inner = chain(absent(), link('azureCli', 'token'));
    const passed = await explain(expectIdentity(inner, { tenantId: TENANT }), SCOPE);
    expect(passed.record).toMatchObject({
      outcome: 'token',
      links: [{ outcome: 'skipped' }, { outcome: 'token' }],
    });
    const refused = await explain(expectIdentity(inner, { kind: 'user' }), SCOPE);
    expect(refused.record).toMatchObject({
      outcome: 'refused',
      error: { code: 'AML_IDENTITY_MISMATCH' },
      links: [{ outcome: 'token' }, { outcome: 'notTried' }],
    });
  });

  it('explains what is not of its own kind, and refuses scopes that are none', async () => {
    const foreign: Credential = {
      getToken: () => Promise.reject(new TypeError('bug')),
      describe: () => ({ method: 'x' }),
    };
    expect((await explain(chain(foreign), SCOPE)).record.error).toMatchObject({ code: 'AML_UNEXPECTED' });
    await expect(explain(foreign, 'a b')).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
  });

  it('has a form for people', async () => {
    const links = [absent(), link('azureCli', 'token'), link('deviceCode', 'token')];
    const text = formatExplanation(
      await explain(createChain({ links, clock }), SCOPE, { clock: manualClock() }),
    );
    expect(text.split('\n')).toEqual([
      `Token for ${SCOPE}, asked at 2026-01-01T00:00:00.000Z`,
      'chain gave a token (14 ms)',
      `  identity: kind servicePrincipal, tenantId ${TENANT}`,
      '  expires: 2026-01-01T01:00:00.000Z',
      '  environment does not apply here (7 ms)',
      '    variable AZURE_CLIENT_ID: absent',
      '    why: AML_NOT_CONFIGURED: Nothing is set.',
      '    do: Set AZURE_CLIENT_ID.',
      '  azureCli gave a token (7 ms)',
      `    identity: kind servicePrincipal, tenantId ${TENANT}`,
      '    expires: 2026-01-01T01:00:00.000Z',
      '  deviceCode was not tried',
    ]);
  });
});

it('a chain tells its listener of every link that it passed over, once', async () => {
  const skips: SkipEvent[] = [];
  const subject = createChain({
    links: [absent(), link('azureCli', 'token')],
    clock,
    events: { onSkip: (event) => skips.push(event) },
  });
  await subject.getToken(SCOPE);
  await subject.getToken(SCOPE);
  expect(skips).toEqual([
    {
      method: 'environment',
      code: 'AML_NOT_CONFIGURED',
      message: 'Nothing is set.',
      remedy: 'Set AZURE_CLIENT_ID.',
      ms: 7,
    },
  ]);
});
