import { ConfidentialClientApplication, type ICachePlugin, type INetworkModule } from '@azure/msal-node';
import { msalCaches, type SharedCache } from './msal-caches.ts';
import { answer, whenTold } from './when-told.ts';

/*
 * A process that gets five tokens through a shared cache of MSAL, from a token endpoint that is a function: `node
 * cache-writer.ts <cache> <shared, as JSON> <first resource> <how many>`. With 0 it answers how many are there.
 */
const [name = '', shared = '{}', first = '0', count = '0'] = process.argv.slice(2);
const open = msalCaches[name];
if (open === undefined) throw new Error(`There is no cache ${name}.`);
const { plugin, close } = await open(JSON.parse(shared) as SharedCache);
await whenTold();
const app = application(plugin);
for (let index = 0; index < Number(count); index += 1) {
  const scopes = [`https://resource-${Number(first) + index}/.default`];
  // A failure of the cache fails the token; what counts here is what the cache has in the end.
  await app.acquireTokenByClientCredential({ scopes }).catch(() => undefined);
}
if (count === '0') {
  await app
    .getTokenCache()
    .getAllAccounts()
    .catch(() => []);
  const { AccessToken = {} } = JSON.parse(app.getTokenCache().serialize()) as { AccessToken?: object };
  answer(Object.keys(AccessToken).length);
} else answer(true);
close();

function application(cachePlugin: ICachePlugin): ConfidentialClientApplication {
  const authority = 'https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111';
  const networkClient: INetworkModule = {
    sendGetRequestAsync: () => Promise.reject(new Error('No other request is expected.')),
    sendPostRequestAsync: () => {
      const body = { token_type: 'Bearer', expires_in: 3_600, access_token: 'x'.repeat(1_500) };
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
