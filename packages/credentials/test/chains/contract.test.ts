import { allowTenants, expectIdentity } from '@aml-auth/core';
import { azureMLChain, defaultChain, productionChain, type SignInChainOptions } from '@aml-auth/credentials';
import { startEmulator } from '@aml-auth/emulator';
import { describeCredential } from '@aml-auth/testkit';

const ARM = 'https://management.azure.com/.default';

/** The service principal of the environment is the second link and later ones. */
async function subject(make: (options: SignInChainOptions) => ReturnType<typeof defaultChain>) {
  const emulator = await startEmulator();
  const { tenantId, clientId, secret = '' } = emulator.app('trainer');
  const { cloud, fetch } = emulator;
  const env = { AZURE_TENANT_ID: tenantId, AZURE_CLIENT_ID: clientId, AZURE_CLIENT_SECRET: secret };
  return {
    credential: make({ env, cloud, fetch }),
    scope: ARM,
    secrets: [secret],
    close: () => emulator.close(),
  };
}

describeCredential('productionChain', () => subject(productionChain));
describeCredential('azureMLChain', () => subject(azureMLChain));
describeCredential('a guarded defaultChain', () =>
  subject((options) => {
    const tenantId = options.env?.['AZURE_TENANT_ID'] ?? '';
    const guarded = expectIdentity(defaultChain(options), { kind: 'servicePrincipal', tenantId });
    return allowTenants(guarded, [tenantId]);
  }),
);
