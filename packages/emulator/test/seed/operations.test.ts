import { startEmulator, type EmulatorSeed } from '@aml-auth/emulator';
import { afterEach, expect, test } from 'vitest';

import { links, seedWithDependents } from '../support/dependents.js';
import { callArm, callArmToEnd } from '../support/emulated.js';

const running: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
});

async function start(operations: EmulatorSeed['operations']) {
  const emulator = await startEmulator({ seed: { ...seedWithDependents, operations } });
  running.push(emulator);
  const id = `${emulator.workspace('ws1').id.replace('rg-ml', 'rg-ml2').replace('ws1', '')}fresh`;
  return {
    emulator,
    id,
    put: { method: 'PUT', body: { location: 'westeurope', properties: links(emulator) } },
  };
}

test('without a duration, an operation has ended when a client first asks', async () => {
  const { emulator, id, put } = await start(undefined);
  const first = await callArm(emulator, 'platform-admin', id, put);
  expect([first.status, first.headers.get('retry-after')]).toEqual([202, '0']);
  expect((await callArm(emulator, 'platform-admin', first.headers.get('location')!)).status).toBe(200);
});

test('a failure of the seed counts once', async () => {
  const { emulator, id, put } = await start({ fail: [{ outcome: 'Canceled', code: 'Stopped' }] });
  expect((await callArmToEnd(emulator, 'platform-admin', id, put)).code).toBe('Stopped');
  expect((await callArmToEnd(emulator, 'platform-admin', id, put)).status).toBe(200);
});

test.each([{ duration: 'soon' }, { fail: [{ outcome: 'Succeeded' }] }, { delay: '1s' }])(
  '%j is refused',
  async (operations) => {
    const seed = { ...seedWithDependents, operations } as EmulatorSeed;
    await expect(startEmulator({ seed })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      message: expect.stringContaining('operations') as string,
    });
  },
);
