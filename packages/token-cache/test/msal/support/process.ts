import { keyRing, msalCachePlugin, redisTokenStore } from '@aml-auth/token-cache';
import { createClient } from 'redis';
import { ARM, ML, publicClient } from './applications.js';

/*
 * A process that shares a cache of MSAL through Redis: "sign-in" prints the code for a person and signs in, "silent"
 * uses what is there. The last line is the answer.
 */
const [task, url = '', key = '', origin = '', tenantId = ''] = process.argv.slice(2);
const client = createClient({ url });
await client.connect();
const keys = keyRing([{ id: 'test', bytes: Buffer.from(key, 'base64url') }]);
const app = publicClient({ origin, tenantId }, msalCachePlugin({ store: redisTokenStore({ client, keys }) }));
if (task === 'sign-in') {
  await app.acquireTokenByDeviceCode({
    scopes: [ARM],
    deviceCodeCallback: ({ userCode }) => console.log(JSON.stringify({ userCode })),
  });
}
const [account] = await app.getAllAccounts();
if (account === undefined) throw new Error('Nobody is signed in.');
const { fromCache } = await app.acquireTokenSilent({ account, scopes: [task === 'sign-in' ? ARM : ML] });
console.log(JSON.stringify({ username: account.username, fromCache }));
client.destroy();
