import { AmlAuthError, createTokenEngine, type StoredToken, type TokenRequest } from '@aml-auth/core';
import { manualClock, type ManualClock } from '@aml-auth/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';

const SCOPE = 'https://ml.azure.com/.default';
const HOUR = 3_600_000;
const identity = { authorityHost: 'https://login.test', tenantId: 't', clientId: 'c', fingerprint: 'f' };
const challenge = (value: number) => `{"access_token":{"nbf":{"essential":true,"value":"${value}"}}}`;

let clock: ManualClock;
let requests: TokenRequest[];
/** The text of the next token. */
let text: () => string;

beforeEach(() => {
  clock = manualClock();
  requests = [];
  text = () => `token-${requests.length}`;
});

function engine(before: () => void = () => undefined, lifeMs = HOUR) {
  return createTokenEngine({
    identity,
    clock,
    random: () => 0,
    acquire: (request): Promise<StoredToken> => {
      requests.push(request);
      before();
      return Promise.resolve({ token: text(), expiresOnTimestamp: clock.now() + lifeMs });
    },
  });
}

describe('claims challenges', () => {
  it('share one request for the same tenant, scopes and claims, and none for others', async () => {
    const subject = engine();
    const asks = [
      [SCOPE, { claims: challenge(1) }],
      [SCOPE, { claims: challenge(2) }],
      [SCOPE, { claims: challenge(1), tenantId: 'fabrikam.com' }],
      ['other/.default', { claims: challenge(1) }],
      [SCOPE, { claims: challenge(1), enableCae: true }],
    ] as const;
    await Promise.all([...asks, ...asks].map(([scope, options]) => subject.getToken(scope, options)));
    expect(
      requests.map(({ claims, tenantId, scopes, enableCae }) => [scopes[0], claims, tenantId, enableCae]),
    ).toEqual([
      [SCOPE, challenge(1), 't', false],
      [SCOPE, challenge(2), 't', false],
      [SCOPE, challenge(1), 'fabrikam.com', false],
      ['other/.default', challenge(1), 't', false],
      [SCOPE, challenge(1), 't', true],
    ]);
  });

  it('are sent once and then forgotten: later tokens are fetched without them', async () => {
    const subject = engine();
    await subject.getToken(SCOPE);
    await subject.getToken(SCOPE, { claims: challenge(1) });
    for (let call = 0; call < 5; call += 1) await subject.getToken(SCOPE);
    clock.advance(HOUR);
    await subject.getToken(SCOPE);
    expect(requests.map(({ claims }) => claims)).toEqual(['', challenge(1), '']);
  });

  it('share a token no longer than it lives', async () => {
    const subject = engine(() => undefined, 2_000);
    await subject.getToken(SCOPE, { claims: challenge(1) });
    clock.advance(2_000);
    expect((await subject.getToken(SCOPE, { claims: challenge(1) })).token).toBe('token-2');
  });

  it('are not undone by a refresh that began before and ends after', async () => {
    const answers: ((token: string) => void)[] = [];
    const subject = createTokenEngine({
      identity,
      clock,
      random: () => 0,
      acquire: () =>
        new Promise((resolve) => {
          answers.push((token) => resolve({ token, expiresOnTimestamp: clock.now() + HOUR }));
        }),
    });
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    const first = subject.getToken(SCOPE);
    await settle();
    answers[0]?.('first');
    await first;
    clock.advance(0.8 * HOUR);
    // In the background; while it is under way the service challenges.
    await subject.getToken(SCOPE);
    await settle();
    clock.advance(100);
    const challenged = subject.getToken(SCOPE, { claims: challenge(1) });
    await settle();
    answers[2]?.('satisfies the challenge');
    expect((await challenged).token).toBe('satisfies the challenge');
    clock.advance(100);
    answers[1]?.('asked for before');
    await settle();
    expect((await subject.getToken(SCOPE)).token).toBe('satisfies the challenge');
  });

  it('tell the method which token was refused', async () => {
    const subject = engine();
    const first = await subject.getToken(SCOPE);
    await subject.getToken(SCOPE, { claims: challenge(1) });
    await subject.getToken('other/.default', { claims: challenge(1) });
    expect(requests.map(({ refused }) => refused)).toEqual([undefined, first.token, undefined]);
  });

  it('are not answered with the token that was refused', async () => {
    text = () => 'always-the-same';
    const subject = engine();
    await subject.getToken(SCOPE);
    await expect(subject.getToken(SCOPE, { claims: challenge(1) })).rejects.toMatchObject({
      code: 'AML_UNAUTHENTICATED',
      claims: challenge(1),
    });
  });

  it('end after three answers where the service repeats itself, until five minutes have passed', async () => {
    const subject = engine();
    await subject.getToken(SCOPE);
    const outcomes: string[] = [];
    for (let call = 0; call < 20; call += 1) {
      await subject.getToken(SCOPE, { claims: challenge(1) }).then(
        () => outcomes.push('token'),
        (error: unknown) => outcomes.push((error as { code: string }).code),
      );
      clock.advance(10_000);
    }
    expect(requests).toHaveLength(1 + 3);
    expect(new Set(outcomes.slice(3))).toEqual(new Set(['AML_UNAUTHENTICATED']));
    clock.advance(5 * 60_000);
    expect((await subject.getToken(SCOPE, { claims: challenge(1) })).tokenType).toBe('Bearer');
  });

  it('do not end where the method itself says each time what a person has to do', async () => {
    const subject = engine(() => {
      throw new AmlAuthError({ code: 'AML_INTERACTION_REQUIRED', message: 'Run az login.' });
    });
    for (let call = 0; call < 20; call += 1) {
      await expect(subject.getToken(SCOPE, { claims: challenge(1) })).rejects.toMatchObject({
        code: 'AML_INTERACTION_REQUIRED',
      });
      clock.advance(1_000);
    }
  });

  it('end after ten answers in a minute where each token leads to another challenge', async () => {
    const subject = engine();
    await subject.getToken(SCOPE);
    for (let call = 0; call < 50; call += 1) {
      await subject.getToken(SCOPE, { claims: challenge(call) }).catch(() => undefined);
    }
    expect(requests).toHaveLength(1 + 10);
    expect((await subject.getToken(SCOPE)).tokenType).toBe('Bearer');
    await subject.getToken('other/.default', { claims: challenge(1) });
    expect(requests).toHaveLength(1 + 11);
  });
});
