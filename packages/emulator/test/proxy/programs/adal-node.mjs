// adal-node as published: it checks the authority with Azure's instance discovery, through axios 0.21.
import { AuthenticationContext } from 'adal-node';
import { print } from './print.mjs';

const [, , resource] = process.argv;
const { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET } = process.env;
const context = new AuthenticationContext(`https://login.microsoftonline.com/${AZURE_TENANT_ID}`);
await print(
  () =>
    new Promise((resolve, reject) => {
      context.acquireTokenWithClientCredentials(
        resource,
        AZURE_CLIENT_ID,
        AZURE_CLIENT_SECRET,
        (error, response) => {
          if (error) reject(error);
          else resolve({ token: response.accessToken });
        },
      );
    }),
);
