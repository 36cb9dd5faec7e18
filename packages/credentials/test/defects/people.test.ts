import { fromDeviceCode, type DeviceCodePrompt } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { DeviceCodeCredential } from '@azure/identity';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll } from 'vitest';
import { eagerClock } from '../support/eager-clock.js';
import { patchedPolicy } from '../support/patched-replies.js';
import { outcomeOf, sideBySide } from '../support/side-by-side.js';

const ARM = 'https://management.azure.com/.default';
const AZURE_CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
const CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      tenants: [
        { name: 'contoso', users: [{ upn: 'alice@contoso', password: 'Pa55w0rd!' }] },
        { name: 'fabrikam', users: [{ upn: 'carol@fabrikam', password: 'Pa55w0rd!' }] },
      ],
    },
  });
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

type Show = (prompt: Pick<DeviceCodePrompt, 'userCode'>) => void;
const approve: Show = ({ userCode }) => emulator.approveDeviceCode(userCode, 'carol@fabrikam');
const slowDown: Show = (prompt) => {
  emulator.slowDownDeviceCode(prompt.userCode);
  approve(prompt);
};

function theirs(show: Show = approve): DeviceCodeCredential {
  return new DeviceCodeCredential({
    clientId: AZURE_CLI,
    tenantId: 'organizations',
    authorityHost: emulator.origin,
    disableInstanceDiscovery: true,
    additionallyAllowedTenants: ['*'],
    userPromptCallback: show,
    // Polls at once, instead of every five seconds.
    additionalPolicies: [
      patchedPolicy((body) => ('device_code' in body ? { ...body, interval: 0 } : body)) as never,
    ],
  });
}

function ours(show: Show = approve) {
  const clock = eagerClock();
  return fromDeviceCode({ cloud: emulator.cloud, clock, fetch: clock.fetch, onPrompt: show });
}

const tenantOf = ({ token }: { token: string }) =>
  decodeJwt(token)['tid'] === emulator.tenant('fabrikam').id ? 'a token of the first tenant' : 'token';

sideBySide('a token of another tenant, after a sign-in to the first', {
  published: {
    async run() {
      const credential = theirs();
      await credential.getToken(ARM);
      const tenantId = emulator.tenant('contoso').id;
      return outcomeOf(credential.getToken(ARM, { tenantId }), tenantOf);
    },
    shows: 'a token of the first tenant',
  },
  ours: {
    async run() {
      const credential = ours();
      await credential.getToken(ARM);
      const tenantId = emulator.tenant('contoso').id;
      // The other tenant does not know the person, and says so.
      const outcome = await outcomeOf(credential.getToken(ARM, { tenantId }), tenantOf);
      const asked = emulator.requests.at(-1)?.path.startsWith(`/${tenantId}/`) === true;
      return asked && outcome.startsWith('AML_') ? 'refused by the other tenant' : outcome;
    },
    shows: 'refused by the other tenant',
  },
});

/** Token requests of five calls after a claims challenge was answered. */
async function requestsAfterChallenge(credential: {
  getToken(scope: string, options?: { claims?: string }): Promise<unknown>;
}): Promise<number> {
  await credential.getToken(ARM);
  await credential.getToken(ARM, { claims: CLAIMS });
  const before = emulator.requests.length;
  for (let call = 0; call < 5; call += 1) await credential.getToken(ARM);
  return emulator.requests.slice(before).filter(({ method }) => method === 'POST').length;
}

sideBySide('five calls after a claims challenge was answered: token requests', {
  published: { run: () => requestsAfterChallenge(theirs()), shows: 5 },
  ours: { run: () => requestsAfterChallenge(ours()), shows: 0 },
});

sideBySide('a device that is told to slow down', {
  published: { run: () => outcomeOf(theirs(slowDown).getToken(ARM)), shows: 'AuthenticationRequiredError' },
  ours: { run: () => outcomeOf(ours(slowDown).getToken(ARM)), shows: 'token' },
});
