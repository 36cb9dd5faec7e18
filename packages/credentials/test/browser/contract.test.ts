import { fromBrowser } from '@aml-auth/credentials';
import { startEmulator, trustEmulator } from '@aml-auth/emulator';
import { describeCredential } from '@aml-auth/testkit';
import { personInBrowser } from '../support/browser-stand-in.js';

describeCredential('fromBrowser', async () => {
  const emulator = await startEmulator({
    seed: { tenants: [{ name: 'contoso', users: [{ upn: 'alice@contoso', password: 'Pa55w0rd!' }] }] },
  });
  trustEmulator(emulator);
  return {
    credential: fromBrowser({
      cloud: emulator.cloud,
      openBrowser: personInBrowser(emulator, 'alice@contoso'),
    }),
    scope: 'https://ml.azure.com/.default',
    secrets: ['Pa55w0rd!'],
    close: () => emulator.close(),
  };
});
