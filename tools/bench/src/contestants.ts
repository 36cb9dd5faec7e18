import { fromClientSecret } from '@aml-auth/credentials';
import type { Emulator } from '@aml-auth/emulator';
import { ClientSecretCredential } from '@azure/identity';
import { ConfidentialClientApplication } from '@azure/msal-node';

/** A signed-out client that fetches a token when it is called. */
export type TokenCall = () => Promise<unknown>;

const SCOPE = 'https://management.azure.com/.default';
const APPLICATION = 'trainer';

/** Ours, by `@aml-auth/credentials`. */
export function ours(emulator: Emulator): TokenCall {
  const { tenantId, clientId, secret = '' } = emulator.app(APPLICATION);
  const credential = fromClientSecret({ tenantId, clientId, clientSecret: secret, cloud: emulator.cloud });
  return () => credential.getToken(SCOPE);
}

/** `ClientSecretCredential` of `@azure/identity`. */
export function azureIdentity(emulator: Emulator): TokenCall {
  const { tenantId, clientId, secret = '' } = emulator.app(APPLICATION);
  const credential = new ClientSecretCredential(tenantId, clientId, secret, {
    authorityHost: emulator.origin,
    disableInstanceDiscovery: true,
  });
  return () => credential.getToken(SCOPE);
}

/** `ConfidentialClientApplication` of `@azure/msal-node`. */
export function msalNode(emulator: Emulator): TokenCall {
  const { tenantId, clientId, secret = '' } = emulator.app(APPLICATION);
  const application = new ConfidentialClientApplication({
    auth: {
      clientId,
      clientSecret: secret,
      authority: `${emulator.origin}/${tenantId}`,
      knownAuthorities: [new URL(emulator.origin).host],
    },
  });
  return () => application.acquireTokenByClientCredential({ scopes: [SCOPE] });
}
