import type { Credential, GetTokenOptions } from '@aml-auth/core';
import { fromBrowser, fromDeviceCode } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { DeviceCodeCredential } from '@azure/identity';
import { PublicClientApplication, type INetworkModule, type NetworkRequestOptions } from '@azure/msal-node';
import { afterAll, beforeAll, describe } from 'vitest';
import { deliver } from '../support/browser-stand-in.js';
import { eagerClock } from '../support/eager-clock.js';
import { patchedPolicy } from '../support/patched-replies.js';
import { recordingFetch, recordingPolicy } from './recorders.js';
import { sameOnTheWire } from './same-on-the-wire.js';
import type { Difference, WireRequest } from './wire-facts.js';

const ARM = 'https://management.azure.com/.default';
const AML = 'https://ml.azure.com/.default';
const AZURE_CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
const CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    seed: { tenants: [{ name: 'contoso', users: [{ upn: 'alice@contoso', password: 'Pa55w0rd!' }] }] },
  });
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

const JSON_PLEASE: Difference = {
  fact: 'header accept',
  ours: 'application/json',
  why: 'what the answer is read as',
};
const GRANT: Difference = {
  fact: 'form grant_type',
  published: 'device_code',
  ours: 'urn:ietf:params:oauth:grant-type:device_code',
  why: 'RFC 8628 section 3.4; Microsoft Entra ID takes both',
};
/** A hint for routing. */
const MAILBOX: Difference = {
  fact: 'header x-anchormailbox',
  published: '(random)',
  why: 'names the account in a header that intermediaries may log, for speed alone',
};
const NONCE: Difference = {
  fact: 'query nonce',
  ours: '(random)',
  why: 'binds the ID token to the request (OpenID Connect Core section 3.1.2.1)',
};
const CLIENT_DATA: Difference = {
  fact: 'query clidata',
  published: '1',
  why: 'asks for data about the client in the answer, which nobody reads',
};
/** Optional claims of the ID token. */
const idTokenClaims = (kind: 'form' | 'query'): Difference[] =>
  ['signin_state', 'login_hint', 'tenant_region_sub_scope'].map((claim) => ({
    fact: `${kind} claims id_token.${claim}`,
    published: '{"essential":false}',
    why: 'the ID token tells who signed in, and nothing more is read from it',
  }));

describe('device code', () => {
  const approve = ({ userCode }: { userCode: string }): void =>
    emulator.approveDeviceCode(userCode, 'alice@contoso');

  /** The first token, and one of another resource. */
  async function twoTokens(credential: Pick<Credential, 'getToken'>, asked: GetTokenOptions): Promise<void> {
    await credential.getToken(ARM, asked);
    await credential.getToken(AML, { ...asked, claims: undefined });
  }

  for (const [kind, asked] of [
    ['', {}],
    [', declaring Continuous Access Evaluation', { enableCae: true }],
  ] as const) {
    sameOnTheWire(`the code, the token, and one of another resource${kind}`, {
      async published() {
        const sent: WireRequest[] = [];
        const credential = new DeviceCodeCredential({
          clientId: AZURE_CLI,
          tenantId: 'organizations',
          authorityHost: emulator.origin,
          disableInstanceDiscovery: true,
          userPromptCallback: approve,
          additionalPolicies: [
            patchedPolicy((body) => ('device_code' in body ? { ...body, interval: 0 } : body)),
            recordingPolicy(sent),
          ] as never,
        });
        await twoTokens(credential as unknown as Credential, asked);
        return sent;
      },
      async ours() {
        const sent: WireRequest[] = [];
        const clock = eagerClock();
        // The clock knows a time limit from a pause by the requests that go through its own `fetch`.
        const fetch = recordingFetch(sent, clock.fetch);
        await twoTokens(fromDeviceCode({ cloud: emulator.cloud, clock, fetch, onPrompt: approve }), asked);
        return sent;
      },
      differences: [
        [JSON_PLEASE, ...('enableCae' in asked ? idTokenClaims('form') : [])],
        [JSON_PLEASE, GRANT, ...('enableCae' in asked ? idTokenClaims('form') : [])],
        [JSON_PLEASE, MAILBOX, ...idTokenClaims('form')],
      ],
    });
  }
});

describe('browser', () => {
  const url = (address: string): WireRequest => ({ method: 'GET', url: address, headers: {}, body: '' });
  const alice = (sent: WireRequest[]) => async (address: string) => {
    sent.push(url(address));
    await deliver(await emulator.signIn({ upn: 'alice@contoso', url: address }));
  };

  /** msal-node, since InteractiveBrowserCredential opens the browser of the machine by itself. */
  function application(sent: WireRequest[], capabilities: string[]): PublicClientApplication {
    const exchange = async (method: 'GET' | 'POST', address: string, options: NetworkRequestOptions = {}) => {
      const { headers = {}, body = '' } = options;
      if (!address.includes('/.well-known/')) sent.push({ method, url: address, headers, body });
      const reply = await fetch(address, { method, headers, ...(method === 'POST' ? { body } : {}) });
      return {
        status: reply.status,
        headers: Object.fromEntries(reply.headers),
        body: (await reply.json()) as never,
      };
    };
    const networkClient: INetworkModule = {
      sendGetRequestAsync: (address, options) => exchange('GET', address, options),
      sendPostRequestAsync: (address, options) => exchange('POST', address, options),
    };
    return new PublicClientApplication({
      auth: {
        clientId: AZURE_CLI,
        authority: `${emulator.origin}/organizations`,
        knownAuthorities: [new URL(emulator.origin).host],
        clientCapabilities: capabilities,
      },
      system: { networkClient },
    });
  }

  for (const [kind, asked] of [
    ['', {}],
    [', declaring Continuous Access Evaluation', { enableCae: true }],
    [', answering a claims challenge', { enableCae: true, claims: CLAIMS }],
  ] as const) {
    sameOnTheWire(`the page, and the token for its code${kind}`, {
      async published() {
        const sent: WireRequest[] = [];
        const app = application(sent, 'enableCae' in asked ? ['cp1'] : []);
        await app.acquireTokenInteractive({
          scopes: [ARM],
          openBrowser: alice(sent),
          ...('claims' in asked ? { claims: asked.claims } : {}),
        });
        return sent;
      },
      async ours() {
        const sent: WireRequest[] = [];
        const { cloud } = emulator;
        const credential = fromBrowser({ cloud, fetch: recordingFetch(sent), openBrowser: alice(sent) });
        await credential.getToken(ARM, asked);
        return sent;
      },
      differences: [
        [NONCE, CLIENT_DATA, ...idTokenClaims('query')],
        [JSON_PLEASE, MAILBOX, ...idTokenClaims('form')],
      ],
    });
  }
});
