// @microsoft/microsoft-graph-client as published, at graph.microsoft.com, which it sends its token to only.
import { DefaultAzureCredential } from '@azure/identity';
import { Client } from '@microsoft/microsoft-graph-client';
import { print } from './print.mjs';

const credential = new DefaultAzureCredential();
const client = Client.init({
  authProvider(done) {
    credential.getToken('https://graph.microsoft.com/.default').then(
      ({ token }) => done(null, token),
      (error) => done(error, null),
    );
  },
});
await print(async () => {
  const first = await client.api('/users').top(1).get();
  const second = await client.api(first['@odata.nextLink']).get();
  return { users: [...first.value, ...second.value].map(({ userPrincipalName }) => userPrincipalName) };
});
