// When @azure/identity as published says that a managed-identity token ends.
import { ManagedIdentityCredential } from '@azure/identity';

const credential = new ManagedIdentityCredential();
const token = await credential.getToken('https://management.azure.com/.default');
console.log(JSON.stringify(token.expiresOnTimestamp));
