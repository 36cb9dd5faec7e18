// @azure/msal-node as published asks for a token, and again after it was refused.
import { ManagedIdentityApplication } from '@azure/msal-node';

const application = new ManagedIdentityApplication({ clientCapabilities: ['cp1'] });
const resource = 'https://management.azure.com';
await application.acquireToken({ resource });
const claims = '{"access_token":{"nbf":{"essential":true,"value":"1795385834"}}}';
const { accessToken } = await application.acquireToken({ resource, claims });
console.log(JSON.stringify(accessToken.length));
