// An ordinary program: @azure/identity as published. No authority, no cloud, no trust in code.
import {
  AzureAuthorityHosts,
  ClientCertificateCredential,
  DefaultAzureCredential,
  EnvironmentCredential,
} from '@azure/identity';
import { print } from './print.mjs';

const [, , kind, scope, path] = process.argv;
const { AZURE_TENANT_ID, AZURE_CLIENT_ID } = process.env;
const CREDENTIALS = {
  environment: () => new EnvironmentCredential(),
  default: () => new DefaultAzureCredential(),
  certificate: () => new ClientCertificateCredential(AZURE_TENANT_ID, AZURE_CLIENT_ID, path),
  'other-name': () =>
    new EnvironmentCredential({
      authorityHost: AzureAuthorityHosts.AzurePublicCloud.replace('microsoftonline.com', 'windows.net'),
    }),
};
await print(async () => ({ token: (await CREDENTIALS[kind]().getToken(scope)).token }));
