import { fromClientSecret } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { ClientSecretCredential, type ClientSecretCredentialOptions } from '@azure/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ARM = 'https://management.azure.com/.default';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

/** A fetch that notes the token request; the Azure SDK has its own client, so its request is read off the journal. */
function noting(bodies: URLSearchParams[]): typeof fetch {
  return async (input, init) => {
    if (typeof init?.body === 'string') bodies.push(new URLSearchParams(init.body));
    return fetch(input, init);
  };
}

/** What differs from one request to the next, or tells which library sends. */
const TELEMETRY = /^(x-client-|x-ms-lib|client-request-id)/;

const meaning = (body: URLSearchParams | undefined) =>
  Object.fromEntries([...(body ?? [])].filter(([name]) => !TELEMETRY.test(name)));

describe('beside @azure/identity', () => {
  it('sends the same token request', async () => {
    const { tenantId, clientId, secret = '' } = emulator.app('trainer');
    const ours: URLSearchParams[] = [];
    const theirs: URLSearchParams[] = [];
    const credential = fromClientSecret({
      tenantId,
      clientId,
      clientSecret: secret,
      cloud: emulator.cloud,
      fetch: noting(ours),
    });
    const options: ClientSecretCredentialOptions = {
      authorityHost: emulator.origin,
      disableInstanceDiscovery: true,
      additionalPolicies: [
        {
          position: 'perCall',
          policy: {
            name: 'note',
            sendRequest(request, next) {
              if (typeof request.body === 'string') theirs.push(new URLSearchParams(request.body));
              return next(request);
            },
          },
        },
      ],
    };
    for (const enableCae of [false, true]) {
      await credential.getToken(ARM, { enableCae });
      await new ClientSecretCredential(tenantId, clientId, secret, options).getToken(ARM, { enableCae });
    }
    expect(ours).toHaveLength(2);
    expect(ours.map(meaning)).toEqual(theirs.map(meaning));
  });
});
