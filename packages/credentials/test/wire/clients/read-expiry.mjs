// When @azure/identity as published says that managed-identity tokens end, one resource after the other.
import { ManagedIdentityCredential } from '@azure/identity';

const credential = new ManagedIdentityCredential();
const ends = [];
for (const scope of JSON.parse(process.argv[2])) {
  ends.push((await credential.getToken(scope)).expiresOnTimestamp);
}
console.log(JSON.stringify(ends));
