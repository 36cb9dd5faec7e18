import { createAccessToken, type AccessToken } from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import { describe, expect, it } from 'vitest';
import { challengeAnswers } from '../../src/challenge/challenge-answers.js';

const never = new AbortController().signal;

describe('challengeAnswers', () => {
  it('is left by one caller without disturbing the others, and ends with the last', async () => {
    const signals: AbortSignal[] = [];
    const answers = challengeAnswers((_claims, signal) => {
      signals.push(signal);
      return new Promise<AccessToken>(() => undefined);
    }, manualClock());
    const [one, two] = [new AbortController(), new AbortController()];
    const first = answers.answer('old', '{}', one.signal);
    const second = answers.answer('old', '{}', two.signal);
    one.abort();
    await expect(first).rejects.toMatchObject({ code: 'AML_CANCELLED' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    two.abort();
    await expect(second).rejects.toMatchObject({ code: 'AML_CANCELLED' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('asks again for a token that has expired, and for another one that was refused', async () => {
    const clock = manualClock();
    let asked = 0;
    const answers = challengeAnswers(() => {
      asked += 1;
      const expiresOnTimestamp = clock.now() + 60_000;
      return Promise.resolve(createAccessToken({ token: `new-${String(asked)}`, expiresOnTimestamp }));
    }, clock);
    const ask = (refused: string): Promise<string> => answers.answer(refused, '{}', never);
    expect([await ask('old'), await ask('old'), await ask('new-1')]).toEqual(['new-1', 'new-1', 'new-2']);
    clock.advance(60_000);
    expect(await ask('old')).toBe('new-3');
  });

  it('remembers a bounded number of answers', async () => {
    const asked: string[] = [];
    const answers = challengeAnswers((claims) => {
      asked.push(claims);
      return Promise.resolve(createAccessToken({ token: claims, expiresOnTimestamp: 1e15 }));
    }, manualClock());
    for (let claims = 0; claims <= 32; claims += 1) await answers.answer('old', String(claims), never);
    await answers.answer('old', '32', never);
    expect(asked).toHaveLength(33);
    await answers.answer('old', '0', never);
    expect(asked).toHaveLength(34);
  });
});
