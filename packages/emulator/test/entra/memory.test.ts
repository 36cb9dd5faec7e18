import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { manualClock } from '@aml-auth/core/testing';
import { beforeAll, expect, test } from 'vitest';

import { postToken, secretForm } from '../support/emulated.js';
import { AZURE_CLI, byPassword, tokensOf, USER_SEED } from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

// Logs fill up first: only what grows after that is a leak.
const REQUESTS = 1_200;
const MEGABYTE = 1024 * 1024;
const emulated = withEmulator({ seed: USER_SEED, clock: manualClock() });
let collect: () => void;

beforeAll(() => {
  setFlagsFromString('--expose-gc');
  collect = runInNewContext('gc') as () => void;
});

async function heapAfter(request: () => Promise<Response>): Promise<number> {
  for (let count = 0; count < REQUESTS; count += 1) {
    const response = await request();
    expect(response.status).toBe(200);
    await response.arrayBuffer();
  }
  collect();
  return process.memoryUsage().heapUsed;
}

test('token requests of an application leave nothing behind', async () => {
  const form = secretForm(emulated(), 'portal');
  const request = (): Promise<Response> => postToken(emulated(), form);
  await heapAfter(request);
  const tables = JSON.stringify(emulated().snapshot());
  const before = await heapAfter(request);
  const after = await heapAfter(request);
  expect(after - before).toBeLessThan(MEGABYTE);
  expect(JSON.stringify(emulated().snapshot())).toBe(tables);
});

test('refreshing leaves one row a token, and no more', async () => {
  let { refresh_token: token } = await byPassword(emulated(), 'alice@contoso');
  const count = (name: string): number => Object.keys(emulated().snapshot().tables[name]!).length;
  const before = count('refreshTokens');
  for (let round = 0; round < 50; round += 1) {
    const form = { grant_type: 'refresh_token', client_id: AZURE_CLI, refresh_token: token };
    ({ refresh_token: token } = await tokensOf(postToken(emulated(), form)));
  }
  expect(count('refreshTokens')).toBe(before + 50);
  expect(count('refreshTokenFamilies')).toBe(1);
});
