import { startEmulator } from '@aml-auth/emulator';
import type { TokenServer } from './token-server.ts';

/** The emulator with its demo seed. */
export async function startEmulatorServer(): Promise<TokenServer> {
  const emulator = await startEmulator();
  const { tenantId, clientId, secret = '' } = emulator.app('trainer');
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret,
    scope: 'https://management.azure.com/.default',
  });
  const url = `${emulator.origin}/${tenantId}/oauth2/v2.0/token`;
  return { target: { url, form: form.toString(), ca: emulator.ca }, close: () => emulator.close() };
}
