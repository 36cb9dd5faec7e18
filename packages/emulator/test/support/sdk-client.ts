import { ClientSecretCredential, type TokenCredential } from '@azure/identity';
import type { Emulator } from '@aml-auth/emulator';

/** What clients of the Azure SDK need to reach the emulator as an application. */
export interface SdkSettings {
  readonly credential: TokenCredential;
  readonly subscriptionId: string;
  readonly options: { readonly endpoint: string; readonly credentialScopes: string };
}

/** The {@link SdkSettings} of an application; the process must trust the emulator. */
export function sdkSettings(emulator: Emulator, app: string): SdkSettings {
  const { tenantId, clientId, secret } = emulator.app(app);
  const { origin } = emulator;
  return {
    credential: new ClientSecretCredential(tenantId, clientId, secret!, {
      authorityHost: origin,
      disableInstanceDiscovery: true,
    }),
    subscriptionId: emulator.subscription('dev').id,
    options: { endpoint: origin, credentialScopes: `${origin}/.default` },
  };
}

/** Everything in a list of several pages. */
export async function collect<T>(pages: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}
