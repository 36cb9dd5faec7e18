// An ordinary program: @azure/identity as published, configured by its environment alone.
import { ManagedIdentityCredential } from '@azure/identity';

const [, , scope, clientId] = process.argv;
const credential =
  clientId === undefined ? new ManagedIdentityCredential() : new ManagedIdentityCredential(clientId);
try {
  const { token, expiresOnTimestamp } = await credential.getToken(scope);
  console.log(JSON.stringify({ token, expiresOnTimestamp }));
} catch (error) {
  console.log(JSON.stringify({ error: `${error.name}: ${error.message}` }));
}
