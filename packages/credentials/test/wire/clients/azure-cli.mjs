// @azure/identity as published asks az for one token.
import { AzureCliCredential } from '@azure/identity';

const credential = new AzureCliCredential(JSON.parse(process.argv[2]));
const { token } = await credential.getToken('https://management.azure.com/.default');
console.log(JSON.stringify(token.length));
