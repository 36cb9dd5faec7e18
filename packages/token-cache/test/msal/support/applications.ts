import type { Emulator } from '@aml-auth/emulator';
import type { MsalCachePlugin } from '@aml-auth/token-cache';
import {
  ConfidentialClientApplication,
  PublicClientApplication,
  type INetworkModule,
} from '@azure/msal-node';

export const ARM = 'https://management.azure.com/.default';
export const ML = 'https://ml.azure.com/.default';
const AZURE_CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

/** A public client of msal-node with the plug-in, in the emulator's first tenant. */
export function publicClient(
  { origin, tenantId }: { readonly origin: string; readonly tenantId: string },
  cachePlugin: MsalCachePlugin,
): PublicClientApplication {
  return new PublicClientApplication({
    auth: {
      clientId: AZURE_CLI,
      authority: `${origin}/${tenantId}`,
      knownAuthorities: [new URL(origin).host],
    },
    cache: { cachePlugin },
  });
}

/** Signs a person in by device code. */
export async function signIn(app: PublicClientApplication, emulator: Emulator, upn: string): Promise<void> {
  await app.acquireTokenByDeviceCode({
    scopes: [ARM],
    deviceCodeCallback: ({ userCode }) => {
      emulator.approveDeviceCode(userCode, upn);
    },
  });
}

/** A confidential client whose token endpoint is this function. */
export function confidentialClient(
  cachePlugin: MsalCachePlugin,
  onRequest?: () => void,
): ConfidentialClientApplication {
  const authority = 'https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111';
  const networkClient: INetworkModule = {
    sendGetRequestAsync: () => Promise.reject(new Error('No other request is expected.')),
    sendPostRequestAsync: () => {
      onRequest?.();
      const body = {
        token_type: 'Bearer',
        expires_in: 3_600,
        access_token: `token-${String(Math.random())}`,
      };
      return Promise.resolve({ status: 200, headers: {}, body }) as Promise<never>;
    },
  };
  return new ConfidentialClientApplication({
    auth: {
      clientId: '22222222-2222-2222-2222-222222222222',
      clientSecret: 'secret',
      authority,
      knownAuthorities: ['login.microsoftonline.com'],
      authorityMetadata: JSON.stringify({
        issuer: `${authority}/v2.0`,
        authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
        token_endpoint: `${authority}/oauth2/v2.0/token`,
        jwks_uri: `${authority}/discovery/v2.0/keys`,
      }),
    },
    cache: { cachePlugin },
    system: { networkClient },
  });
}
