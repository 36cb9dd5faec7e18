import { fromClientSecret } from '@aml-auth/credentials';
import { startEmulator, trustEmulator } from '@aml-auth/emulator';
import { describeCredential } from '@aml-auth/testkit';

describeCredential('fromClientSecret', async () => {
  const emulator = await startEmulator();
  trustEmulator(emulator);
  const { tenantId, clientId, secret = '' } = emulator.app('trainer');
  return {
    credential: fromClientSecret({ tenantId, clientId, clientSecret: secret, cloud: emulator.cloud }),
    scope: 'https://ml.azure.com/.default',
    secrets: [secret],
    close: () => emulator.close(),
  };
});
