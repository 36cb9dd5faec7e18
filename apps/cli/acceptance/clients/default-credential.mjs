// An ordinary program: @azure/identity as published, told nothing but its environment.
import { DefaultAzureCredential } from '@azure/identity';

const { token } = await new DefaultAzureCredential().getToken(process.argv[2]);
console.log(token);
