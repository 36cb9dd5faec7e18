import { fromBrowser } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { PublicClientApplication, type INetworkModule } from '@azure/msal-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personInBrowser } from '../support/browser-stand-in.js';

const ARM = 'https://management.azure.com/.default';
const CLIENT = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    seed: { tenants: [{ name: 'contoso', users: [{ upn: 'alice@contoso', password: 'Pa55w0rd!' }] }] },
  });
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

/** What one library asked the browser for, and then the token endpoint. */
interface Seen {
  readonly authorize: URL[];
  readonly token: { readonly url: URL; readonly form: URLSearchParams }[];
}

function noting(seen: Seen): (url: string) => Promise<void> {
  return (url) => {
    seen.authorize.push(new URL(url));
    return personInBrowser(emulator, 'alice@contoso')(url);
  };
}

/** `clidata` asks for data about the sign-in, for msal-node's own use; `X-AnchorMailbox` routes by the hint. */
const TELEMETRY = /^(x-client-|x-ms-lib|client-request-id|clidata|X-AnchorMailbox)/;
/** Different in every sign-in. */
const FRESH = /^(state|nonce|code|code_challenge|code_verifier|redirect_uri)$/;

function meaning(fields: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries(
    [...fields]
      .filter(
        ([name, value]) =>
          !TELEMETRY.test(name) && !(name === 'claims' && forAccessToken(value) === undefined),
      )
      .map(([name, value]): [string, unknown] => {
        if (name === 'scope') return [name, value.split(' ').sort()];
        if (name === 'redirect_uri') return [name, value.replace(/\d+$/, 'PORT')];
        if (name === 'claims') return [name, forAccessToken(value)];
        return [name, FRESH.test(name) ? 'fresh' : value];
      }),
  );
}

/** msal-node adds wishes for the ID token, none of them essential; there is no use for them here. */
function forAccessToken(claims: string): unknown {
  return (JSON.parse(claims) as { access_token?: unknown }).access_token;
}

describe('beside @azure/msal-node', () => {
  it.each([
    ['plainly', undefined],
    ['with claims', '{"access_token":{"nbf":{"essential":true,"value":"1"}}}'],
  ])('asks the browser and the token endpoint for the same, %s', async (_how, claims) => {
    const tenantId = emulator.tenant().id;
    const ours: Seen = { authorize: [], token: [] };
    const theirs: Seen = { authorize: [], token: [] };
    await fromBrowser({
      tenantId,
      prompt: 'login',
      loginHint: 'alice',
      cloud: emulator.cloud,
      openBrowser: noting(ours),
      fetch: (input, init) => {
        const url = new URL(input instanceof Request ? input.url : input);
        ours.token.push({ url, form: new URLSearchParams(init?.body as string) });
        return fetch(input, init);
      },
    }).getToken(ARM, { claims });

    const app = new PublicClientApplication({
      auth: {
        clientId: CLIENT,
        authority: `${emulator.origin}/${tenantId}`,
        knownAuthorities: [new URL(emulator.origin).host],
      },
      system: { networkClient: network(theirs) },
    });
    await app.acquireTokenInteractive({
      scopes: [ARM],
      prompt: 'login',
      loginHint: 'alice',
      openBrowser: noting(theirs),
      ...(claims === undefined ? {} : { claims }),
    });

    expect(ours.authorize).toHaveLength(1);
    const [[mine], [other]] = [ours.authorize, theirs.authorize] as const;
    expect(mine?.origin).toBe(other?.origin);
    expect(mine?.pathname).toBe(other?.pathname);
    // Only here: the nonce of OpenID Connect, which msal-node leaves to its caller.
    const { nonce, ...asked } = meaning(mine!.searchParams);
    expect(nonce).toBe('fresh');
    expect(asked).toEqual(meaning(other!.searchParams));
    expect(ours.token).toHaveLength(1);
    expect(ours.token[0]?.url.pathname).toBe(theirs.token[0]?.url.pathname);
    expect(meaning(ours.token[0]!.form)).toEqual(meaning(theirs.token[0]!.form));
  });
});

function network(seen: Seen): INetworkModule {
  const answer = async (response: Response) => ({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: (await response.json()) as never,
  });
  return {
    sendGetRequestAsync: async (url) => answer(await fetch(url)),
    sendPostRequestAsync: async (url, options) => {
      seen.token.push({ url: new URL(url), form: new URLSearchParams(options?.body) });
      return answer(
        await fetch(url, { method: 'POST', headers: options?.headers ?? {}, body: options?.body ?? '' }),
      );
    },
  };
}
