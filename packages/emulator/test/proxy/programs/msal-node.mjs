// @azure/msal-node as published, with the authority that it has built in.
import { ConfidentialClientApplication } from '@azure/msal-node';
import { print } from './print.mjs';

const [, , scope, azureRegion] = process.argv;
const { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET } = process.env;
const client = new ConfidentialClientApplication({
  auth: {
    clientId: AZURE_CLIENT_ID,
    clientSecret: AZURE_CLIENT_SECRET,
    authority: `https://login.microsoftonline.com/${AZURE_TENANT_ID}`,
  },
});
await print(async () => {
  const result = await client.acquireTokenByClientCredential({ scopes: [scope], azureRegion });
  return { token: result.accessToken };
});
