import { ClientSecretCredential } from '@azure/identity';
import { InteractionRequiredAuthError, PublicClientApplication } from '@azure/msal-node';
import { trustEmulator, type Emulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { beforeAll, expect, test } from 'vitest';

import { callGraph } from '../support/graph.js';
import { ARM_SCOPE, AZURE_CLI, byPassword, deliver, USER_SEED } from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const [contoso, ...others] = USER_SEED.tenants;
const emulated = withEmulator({
  seed: {
    ...USER_SEED,
    tenants: [
      {
        ...contoso!,
        apps: [
          ...contoso!.apps!,
          {
            name: 'policy-admin',
            secrets: [{ value: 'policy-admin' }],
            graphPermissions: ['Policy.ReadWrite.ConditionalAccess', 'Policy.Read.All'],
          },
        ],
        conditionalAccess: [
          { name: 'no-robots', users: ['app:api'], apps: ['arm'], grant: 'block' },
          { name: 'mfa-for-machine-learning', users: ['all'], apps: ['machine-learning'], grant: 'mfa' },
        ],
      },
      ...others,
    ],
  },
});

beforeAll(() => {
  trustEmulator(emulated());
});

function msal(): PublicClientApplication {
  const { origin, tenant } = emulated();
  return new PublicClientApplication({
    auth: {
      clientId: AZURE_CLI,
      authority: `${origin}/${tenant().id}`,
      knownAuthorities: [new URL(origin).host],
    },
  });
}

const ML_SCOPE = 'https://ml.azure.com/.default';

async function requireMfa(emulator: Emulator): Promise<string> {
  const { body } = await callGraph(emulator, 'policy-admin', '/identity/conditionalAccess/policies', {
    method: 'POST',
    body: {
      displayName: 'mfa-for-arm',
      state: 'enabled',
      conditions: {
        users: { includeUsers: ['All'] },
        applications: { includeApplications: ['797f4846-ba00-4fd7-ba43-dac1f8f63013'] },
      },
      grantControls: { operator: 'OR', builtInControls: ['mfa'] },
    },
  });
  return body.id;
}

test('ClientSecretCredential of @azure/identity says that a policy blocks the application', async () => {
  const { origin, app } = emulated();
  const { tenantId, clientId, secret } = app('api');
  const options = { authorityHost: origin, disableInstanceDiscovery: true };
  const credential = new ClientSecretCredential(tenantId, clientId, secret!, options);
  await expect(credential.getToken(ARM_SCOPE)).rejects.toThrow(/AADSTS53003/);
  await expect(credential.getToken('https://graph.microsoft.com/.default')).resolves.toBeDefined();
});

test('msal-node signs in interactively with the second step that the policy wants', async () => {
  const result = await msal().acquireTokenInteractive({
    scopes: [ML_SCOPE],
    openBrowser: async (url) => {
      await deliver(await emulated().signIn({ upn: 'bob@contoso', url }));
    },
  });
  expect(decodeJwt(result.accessToken)['amr']).toEqual(['pwd', 'mfa']);
});

test('msal-node asks for a person with the claims of the policy where the sign-in was without a second step', async () => {
  const app = msal();
  const { refresh_token: refreshToken } = await byPassword(emulated(), 'bob@contoso');
  const signedIn = await app.acquireTokenByRefreshToken({
    refreshToken,
    scopes: [ARM_SCOPE],
    forceCache: true,
  });
  const policyId = await requireMfa(emulated());
  const request = { account: signedIn!.account!, scopes: [ARM_SCOPE], forceRefresh: true };
  const error: unknown = await app.acquireTokenSilent(request).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InteractionRequiredAuthError);
  expect(error).toMatchObject({
    errorCode: 'interaction_required',
    subError: 'basic_action',
    errorNo: 50076,
    claims: JSON.stringify({ access_token: { capolids: { essential: true, values: [policyId] } } }),
  });

  const { claims } = error as InteractionRequiredAuthError;
  const stepped = await app.acquireTokenInteractive({
    scopes: [ARM_SCOPE],
    claims,
    openBrowser: async (url) => {
      await deliver(await emulated().signIn({ upn: 'bob@contoso', url }));
    },
  });
  expect(decodeJwt(stepped.accessToken)['amr']).toEqual(['pwd', 'mfa']);
});
