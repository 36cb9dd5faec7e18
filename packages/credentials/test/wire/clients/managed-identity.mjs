// @azure/identity as published asks for one token, in a process of its own.
import { ManagedIdentityCredential } from '@azure/identity';

const { selector, options } = JSON.parse(process.argv[2]);
const credential = new ManagedIdentityCredential(selector);
const { token } = await credential.getToken('https://management.azure.com/.default', options);
console.log(JSON.stringify(token.length));
