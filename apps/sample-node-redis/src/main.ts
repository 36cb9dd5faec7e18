// A small service on loopback that answers with an Azure Machine Learning workspace. Its instances share their tokens
// through Redis. All settings come from the environment: see README.md.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cloudFromEnvironment, isAmlAuthError } from '@aml-auth/core';
import { fromClientSecret } from '@aml-auth/credentials';
import { createArmClient } from '@aml-auth/rest';
import { openTokenStore } from './open-token-store.ts';

try {
  // The public cloud, unless the environment names another one (or the emulator).
  const cloud = await cloudFromEnvironment(process.env);
  const { tokenStore, close } = await openTokenStore(process.env);
  const credential = fromClientSecret({
    tenantId: setting('AZURE_TENANT_ID'),
    clientId: setting('AZURE_CLIENT_ID'),
    clientSecret: setting('AZURE_CLIENT_SECRET'),
    cloud,
    tokenStore,
  });
  const { workspaces } = createArmClient({ credential, cloud });
  const workspaceId = {
    subscriptionId: setting('AZUREML_ARM_SUBSCRIPTION'),
    resourceGroup: setting('AZUREML_ARM_RESOURCEGROUP'),
    workspaceName: setting('AZUREML_ARM_WORKSPACE_NAME'),
  };

  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
    };
    if (request.method !== 'GET' || request.url !== '/workspace') {
      answer(404, { code: 'NotFound' });
      return;
    }
    workspaces.get(workspaceId).then(
      ({ name, location }) => answer(200, { name, location }),
      (error: unknown) => {
        // The code is for callers; the message, with ids in it, is for the log.
        console.error(error instanceof Error ? error.message : error);
        answer(502, { code: isAmlAuthError(error) ? error.code : 'Unexpected' });
      },
    );
  });
  server.listen(Number(setting('PORT')), '127.0.0.1', () => {
    console.log(`listening at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  process.once('SIGTERM', () => {
    server.close(() => void close());
    server.closeAllConnections();
  });
} catch (error) {
  if (!isAmlAuthError(error)) throw error;
  console.error(`${error.code}: ${error.message}`);
  if (error.remedy !== undefined) console.error(`Next: ${error.remedy}`);
  // The connection to Redis would keep it running.
  process.exit(1);
}

/** A setting from the environment; the libraries say what is wrong with an empty one. */
function setting(name: string): string {
  return process.env[name] ?? '';
}
