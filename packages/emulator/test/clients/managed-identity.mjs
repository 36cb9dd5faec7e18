// An ordinary program: @azure/identity as published, configured by its environment alone.
import { DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';

const [, , scope, options = '{}'] = process.argv;
try {
  const { chain, ...selector } = JSON.parse(options);
  const credential = chain ? new DefaultAzureCredential() : new ManagedIdentityCredential(selector);
  const { token, expiresOnTimestamp } = await credential.getToken(scope);
  console.log(JSON.stringify({ token, expiresOnTimestamp }));
} catch (error) {
  console.log(JSON.stringify({ error: `${error.name}: ${error.message}` }));
}
