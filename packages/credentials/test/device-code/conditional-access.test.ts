import { explain } from '@aml-auth/core';
import { fromClientSecret, fromDeviceCode, type DeviceCodeOptions } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eagerClock } from '../support/eager-clock.js';

const ARM = 'https://management.azure.com/.default';
const AML = 'https://ml.azure.com/.default';

let emulator: Emulator;
/** Ids of the policies in the way, by what the emulator says. */
let policies: string[];
beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      tenants: [
        {
          name: 'contoso',
          users: [{ upn: 'alice@contoso', password: 'Pa55w0rd!' }],
          apps: [
            { name: 'robot', secrets: [{ value: 'robot-secret' }] },
            {
              name: 'auditor',
              secrets: [{ value: 'auditor-secret' }],
              graphPermissions: ['Policy.Read.All'],
            },
          ],
          conditionalAccess: [
            { name: 'mfa-for-machine-learning', users: ['all'], apps: ['machine-learning'], grant: 'mfa' },
            { name: 'no-robots', users: ['app:robot'], apps: ['all'], grant: 'block' },
          ],
        },
      ],
    },
  });
  trustEmulator(emulator);
  const { tenantId, clientId, secret = '' } = emulator.app('auditor');
  const { cloud, fetch } = emulator;
  const { token } = await fromClientSecret({
    tenantId,
    clientId,
    clientSecret: secret,
    cloud,
    fetch,
  }).getToken('https://graph.microsoft.com/.default');
  const reply = await fetch(`${emulator.origin}/graph/v1.0/identity/conditionalAccess/policies`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { value } = (await reply.json()) as { value: { id: string }[] };
  policies = value.map(({ id }) => id);
});
afterAll(() => emulator.close());

const capolids = (id: string | undefined) =>
  JSON.stringify({ access_token: { capolids: { essential: true, values: [id] } } });

/** Signed in with a password alone, as on a device that knows no second step. */
async function signedIn(more: Partial<DeviceCodeOptions> = {}) {
  const clock = eagerClock();
  const credential = fromDeviceCode({
    cloud: emulator.cloud,
    clock,
    fetch: clock.fetch,
    onPrompt: ({ userCode }) => emulator.approveDeviceCode(userCode, 'alice@contoso'),
    ...more,
  });
  await credential.getToken(ARM);
  return { credential, sent: () => clock.requests.map(({ form }) => form) };
}

describe('a person whom a policy keeps from a resource', () => {
  it('gets an error with the claims, the suberror and the ids of the policies', async () => {
    const { credential } = await signedIn({ promptAgain: false });
    const refusal = credential.getToken(AML);
    await expect(refusal).rejects.toMatchObject({
      code: 'AML_INTERACTION_REQUIRED',
      aadsts: 50079,
      suberror: 'basic_action',
      claims: capolids(policies[0]),
      policyIds: [policies[0]],
      correlation: { correlationId: expect.any(String) as string },
    });
    const { record } = await explain(credential, AML);
    expect(record.error).toMatchObject({ aadsts: 50079, suberror: 'basic_action', policyIds: [policies[0]] });
  });

  it('is asked again with what the policy wants', async () => {
    const { credential, sent } = await signedIn();
    await credential.getToken(AML).catch(() => undefined);
    const asked = sent()
      .filter((form) => !form.has('grant_type'))
      .map((form) => form.get('claims'));
    expect(asked).toEqual([null, capolids(policies[0])]);
    // The refresh token was tried without them: it cannot satisfy them.
    expect(
      sent()
        .filter((form) => form.get('grant_type') === 'refresh_token')
        .map((form) => form.get('claims')),
    ).toEqual([null]);
  });
});

it('an application that a policy blocks gets the id of the policy too', async () => {
  const { tenantId, clientId, secret = '' } = emulator.app('robot');
  const { cloud, fetch } = emulator;
  const credential = fromClientSecret({ tenantId, clientId, clientSecret: secret, cloud, fetch });
  await expect(credential.getToken(ARM)).rejects.toMatchObject({
    aadsts: 53003,
    suberror: 'message_only',
    claims: capolids(policies[1]),
    policyIds: [policies[1]],
  });
});
