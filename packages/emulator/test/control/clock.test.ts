import { startEmulator, type EmulatorOptions } from '@aml-auth/emulator';
import { manualClock } from '@aml-auth/core/testing';
import { expect, test } from 'vitest';

import { callArm, postToken, secretForm, tokenOf } from '../support/emulated.js';

const NOON = '2026-11-22T12:00:00.000Z';

async function started(options: EmulatorOptions) {
  const emulator = await startEmulator(options);
  return { emulator, [Symbol.asyncDispose]: () => emulator.close() };
}

const tenants = [
  { name: 'contoso', apps: [{ name: 'trainer', secrets: [{ value: 'dev-secret', expires: '+1d' }] }] },
];

test('a token ends by the emulator clock, and one issued after that counts again', async () => {
  await using run = await started({});
  const { emulator } = run;
  const headers = { authorization: `Bearer ${await tokenOf(emulator, 'trainer')}` };
  const ask = () => emulator.fetch(`${emulator.origin}/subscriptions?api-version=2022-12-01`, { headers });
  expect((await ask()).status).toBe(200);
  emulator.clock.advance('2h');
  expect((await ask()).headers.get('x-ms-error-code')).toBe('ExpiredAuthenticationToken');
  expect((await callArm(emulator, 'trainer', '/subscriptions')).status).toBe(200);
});

test('a seed can freeze the clock, and its secrets count from there', async () => {
  await using run = await started({ seed: { clock: { now: NOON, mode: 'frozen' }, tenants } });
  const { emulator } = run;
  expect(emulator.clock.state).toMatchObject({ now: Date.parse(NOON), mode: 'frozen' });
  const ask = () => postToken(emulator, secretForm(emulator, 'trainer'));
  expect((await ask()).status).toBe(200);
  expect(emulator.requests.at(-1)?.at).toBe(Date.parse(NOON));
  emulator.clock.advance('1d');
  expect((await ask()).headers.get('x-ms-error-code')).toBe('AADSTS7000222');
});

test.each([
  [{ now: NOON }, 'offset'],
  [{ now: NOON, mode: 'real' }, 'real'],
  [{ mode: 'frozen' }, 'frozen'],
] as const)('a seed with the clock %j is %s', async (clock, mode) => {
  await using run = await started({ seed: { clock, tenants } });
  expect(run.emulator.clock.state.mode).toBe(mode);
});

test('a clock that was handed in still moves the emulator, on top of what its own clock was told', async () => {
  const clock = manualClock(Date.parse(NOON));
  await using run = await started({ clock });
  run.emulator.clock.advance('1h');
  clock.advance(60_000);
  expect(run.emulator.clock.now()).toBe(Date.parse(NOON) + 3_660_000);
});

test('a seed with a clock that is no time is refused by name', async () => {
  const clock = { now: 'noon' };
  await expect(startEmulator({ seed: { clock, tenants } })).rejects.toThrow(
    /clock\.now: not an ISO 8601 time/,
  );
});
