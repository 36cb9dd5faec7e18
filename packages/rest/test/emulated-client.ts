import { fromClientSecret } from '@aml-auth/credentials';
import type { Emulator } from '@aml-auth/emulator';
import { createArmClient, type ArmClient, type ArmClientOptions } from '@aml-auth/rest';

/** A client of the emulator that signs in as the application of that name; needs no socket. */
export function emulatedClient(
  emulator: Emulator,
  appName = 'platform-admin',
  more: Partial<ArmClientOptions> = {},
): ArmClient {
  const { tenantId, clientId, secret = '' } = emulator.app(appName);
  const { cloud, fetch } = emulator;
  const credential = fromClientSecret({ tenantId, clientId, clientSecret: secret, cloud, fetch });
  return createArmClient({ credential, cloud, fetch, ...more });
}
