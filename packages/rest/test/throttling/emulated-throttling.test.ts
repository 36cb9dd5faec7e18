import { manualClock } from '@aml-auth/core/testing';
import { demoSeed, startEmulator, type Emulator } from '@aml-auth/emulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emulatedClient } from '../emulated-client.js';

let emulator: Emulator;

beforeEach(async () => {
  emulator = await startEmulator({ seed: { ...demoSeed, throttling: 'azure' } });
  emulator.clock.freeze();
});

afterEach(() => emulator.close());

const refusals = (): number => emulator.requests.filter(({ status }) => status === 429).length;

describe('the limits of Azure', () => {
  it('are kept without a single 429, where a client without a governor meets many', async () => {
    const clock = manualClock();
    const client = emulatedClient(emulator, 'platform-admin', { clock });
    const request = {
      method: 'GET',
      path: emulator.workspace().id,
      apiVersion: '2026-09-01',
      retry: 'never',
    } as const;
    let done = 0;
    const all = Array.from({ length: 300 }, async () => {
      await client.request(request);
      done += 1;
    });
    const outcome = Promise.allSettled(all);
    await expect.poll(() => done, { timeout: 20_000 }).toBe(250);
    emulator.clock.advance('2s');
    clock.advance(2_000);
    const settled = await outcome;
    expect(settled.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(refusals()).toBe(0);

    const naive = emulatedClient(emulator, 'platform-admin', { rateLimits: 'none' });
    await Promise.allSettled(Array.from({ length: 20 }, () => naive.request(request)));
    expect(refusals()).toBeGreaterThan(0);
  });
});
