import {
  azureIdentityCachePlugin,
  environmentKeys,
  fileTokenStore,
  msalCachePlugin,
  redisTokenStore,
} from '@aml-auth/token-cache';
import type { TokenStore } from '@aml-auth/core';
import {
  deserializeAuthenticationRecord,
  DeviceCodeCredential,
  InteractiveBrowserCredential,
  serializeAuthenticationRecord,
  useIdentityPlugin,
} from '@azure/identity';
import { createClient } from 'redis';
import { ARM, ML, publicClient } from './applications.js';
import type { ProcessTask, SaidLine } from './process-task.js';

/*
 * A process that shares a cache of MSAL: "sign-in" says what a person has to do and signs in, "silent" uses what is
 * there. The last line is the answer.
 */
const asked = JSON.parse(process.argv[2] ?? '{}') as ProcessTask;
const { place, key, origin, tenantId } = asked;
const keys = environmentKeys({ AML_AUTH_CACHE_KEY: `k1:${key}` });
const client = place.startsWith('redis:') ? createClient({ url: place }) : undefined;
await client?.connect();
const store: TokenStore =
  client === undefined ? fileTokenStore({ directory: place, keys }) : redisTokenStore({ client, keys });
const print = (line: SaidLine): void => {
  console.log(JSON.stringify(line));
};
const scope = asked.task === 'sign-in' ? ARM : ML;
print(await (asked.library === 'msal' ? byMsal() : byIdentity()));
client?.destroy();

async function byMsal(): Promise<SaidLine> {
  const app = publicClient({ origin, tenantId }, msalCachePlugin({ store }));
  if (asked.task === 'sign-in' && asked.flow === 'device code') {
    const deviceCodeCallback = ({ userCode }: { userCode: string }): void => {
      print({ userCode });
    };
    await app.acquireTokenByDeviceCode({ scopes: [ARM], deviceCodeCallback });
  } else if (asked.task === 'sign-in') {
    const openBrowser = (url: string): Promise<void> => {
      print({ url });
      return Promise.resolve();
    };
    await app.acquireTokenInteractive({ scopes: [ARM], openBrowser });
  }
  const [account] = await app.getAllAccounts();
  if (account === undefined) throw new Error('Nobody is signed in.');
  const { fromCache } = await app.acquireTokenSilent({ account, scopes: [scope] });
  return { username: account.username, fromCache };
}

async function byIdentity(): Promise<SaidLine> {
  useIdentityPlugin(azureIdentityCachePlugin({ store }));
  const options = {
    tenantId,
    authorityHost: origin,
    disableInstanceDiscovery: true,
    // Whoever is signed in is asked nothing.
    disableAutomaticAuthentication: asked.task === 'silent',
    tokenCachePersistenceOptions: { enabled: true },
    userPromptCallback: ({ userCode }: { userCode: string }): void => {
      print({ userCode });
    },
    ...(asked.record === undefined
      ? {}
      : { authenticationRecord: deserializeAuthenticationRecord(asked.record) }),
  };
  const credential =
    asked.flow === 'device code'
      ? new DeviceCodeCredential(options)
      : new InteractiveBrowserCredential(options);
  const record = asked.task === 'sign-in' ? await credential.authenticate(ARM) : undefined;
  const { token } = await credential.getToken(scope);
  if (token === '') throw new Error('There is no token.');
  return record === undefined
    ? {}
    : { username: record.username, record: serializeAuthenticationRecord(record) };
}
