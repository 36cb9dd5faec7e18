import { manualClock } from '@aml-auth/core/testing';
import { fromManagedIdentity } from '@aml-auth/credentials';
import { UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { settle } from '../support/settle.js';
import { grant, tokenService } from '../support/token-service.js';

const ARM = 'https://management.azure.com/.default';
const ID = '11111111-1111-4111-8111-111111111111';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('a clock', () => {
  it.each([
    ['five minutes ahead', 5 * MINUTE],
    ['five minutes behind', -5 * MINUTE],
    ['a day ahead', DAY],
    ['a day behind', -DAY],
    ['ten years behind', -3650 * DAY],
  ])('that is %s changes nothing about how long a token is used', async (_what, offset) => {
    const { clock, credential, requests } = tokenService(() => grant());
    clock.setWallTime(clock.now() + offset);
    const first = await settle(clock, credential.getToken(ARM));
    expect(first.value?.expiresOnTimestamp).toBe(clock.now() + 60 * MINUTE);
    clock.advance(44 * MINUTE);
    expect((await settle(clock, credential.getToken(ARM))).value).toBe(first.value);
    clock.advance(17 * MINUTE);
    expect((await settle(clock, credential.getToken(ARM))).value?.token).not.toBe(first.value?.token);
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['an hour ahead, as in spring', 60 * MINUTE],
    ['an hour back, as in autumn', -60 * MINUTE],
    ['a day ahead', DAY],
    ['a day back', -DAY],
  ])(
    'that jumps %s during the run leads to one request at most, for callers at the same time too',
    async (_what, jump) => {
      const { clock, credential, requests } = tokenService(() => grant());
      await settle(clock, credential.getToken(ARM));
      clock.setWallTime(clock.now() + jump);
      const calls = Array.from({ length: 50 }, () => credential.getToken(ARM));
      const { error } = await settle(clock, Promise.all(calls));
      expect(error).toBeUndefined();
      expect(requests.length).toBeLessThanOrEqual(2);
      for (let call = 0; call < 100; call += 1) {
        clock.advance(1_000);
        await settle(clock, credential.getToken(ARM));
      }
      expect(requests.length).toBeLessThanOrEqual(2);
    },
  );

  it('that is set back does not stretch the life of a token', async () => {
    const { clock, credential, requests } = tokenService(() => grant());
    await settle(clock, credential.getToken(ARM));
    clock.advance(61 * MINUTE);
    clock.setWallTime(clock.now() - 61 * MINUTE);
    await settle(clock, credential.getToken(ARM));
    expect(requests).toHaveLength(2);
  });
});

describe('a token', () => {
  it('of thirty seconds is renewed in time, and without haste', async () => {
    const { clock, credential, requests } = tokenService(() => grant(30));
    for (let second = 0; second < 300; second += 1) {
      const { value } = await settle(clock, credential.getToken(ARM));
      expect(value?.expiresOnTimestamp).toBeGreaterThan(clock.now());
      clock.advance(1_000);
    }
    expect(requests.length).toBeGreaterThan(9);
    expect(requests.length).toBeLessThan(20);
  });

  it('that is expired when it comes is not asked for more than once a second', async () => {
    const clock = manualClock();
    const requests: number[] = [];
    const credential = fromManagedIdentity({
      env: { IDENTITY_ENDPOINT: 'http://127.0.0.1:1/token', IDENTITY_HEADER: 'h' },
      clock,
      fetch: () => {
        requests.push(clock.monotonic());
        const access_token = new UnsecuredJWT({ appid: ID }).encode();
        return Promise.resolve(
          Response.json({ access_token, expires_on: Math.floor(clock.now() / 1000) - 60 }),
        );
      },
    });
    for (let call = 0; call < 200; call += 1) {
      await settle(
        clock,
        credential.getToken(ARM).catch(() => undefined),
      );
      clock.advance(50);
    }
    expect(clock.monotonic()).toBeGreaterThanOrEqual(10_000);
    expect(requests.length).toBeLessThanOrEqual(12);
  });

  it('of a day is asked for again before its end', async () => {
    const { clock, credential, requests } = tokenService(() => grant(24 * 3600));
    for (let hour = 0; hour < 72; hour += 1) {
      const { value } = await settle(clock, credential.getToken(ARM));
      expect(value?.expiresOnTimestamp).toBeGreaterThan(clock.now());
      clock.advance(60 * MINUTE);
    }
    expect(requests.length).toBeGreaterThanOrEqual(3);
    expect(requests.length).toBeLessThanOrEqual(5);
  });
});
