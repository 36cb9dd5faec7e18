import { expect, it } from 'vitest';
import { sendForms } from '../src/measure/send-forms.ts';
import { startEmulatorServer } from '../src/servers/start-emulator-server.ts';
import { startMockServer } from '../src/servers/start-mock-server.ts';

it.each([
  ['the emulator', startEmulatorServer],
  ['oauth2-mock-server', startMockServer],
])('gets as many tokens as it was asked for from %s', async (_, start) => {
  const { target, close } = await start();
  try {
    expect(await sendForms(target, 5, 2)).toBeGreaterThan(0);
  } finally {
    await close();
  }
});

it('does not take a refusal for a token', async () => {
  const { target, close } = await startEmulatorServer();
  try {
    await expect(sendForms({ ...target, form: 'grant_type=x' }, 1, 1)).rejects.toThrow(
      /gave no token: .*AADSTS70003/,
    );
  } finally {
    await close();
  }
});
