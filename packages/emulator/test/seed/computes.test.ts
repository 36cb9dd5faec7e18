import { demoSeed } from '@aml-auth/emulator';
import { expect, test } from 'vitest';

import { at, mlCaller } from '../support/ml.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({
  seed: {
    ...demoSeed,
    subscriptions: [
      {
        name: 'dev',
        resourceGroups: [
          {
            name: 'rg-ml',
            workspaces: [
              { name: 'ws1', computes: [{ name: 'off', kind: 'ComputeInstance', state: 'stopped' }] },
            ],
          },
          { name: 'rg-ml2' },
        ],
      },
    ],
  },
});

test('an instance of the seed can be off until somebody starts it', async () => {
  const call = mlCaller(emulated);
  const state = async (): Promise<unknown> =>
    at((await call('computes/off')).body, 'properties.properties.state');
  expect(await state()).toBe('Stopped');
  await call('computes/off/start', 'POST');
  expect(await state()).toBe('Running');
});
