// Gets a token response as a service principal and reads an Azure Machine Learning workspace with plain fetch.
// All settings come from the environment: see README.md.
import { cloudFromEnvironment, isAmlAuthError } from '@aml-auth/core';
import { fromClientSecret, toAdalTokenResponse } from '@aml-auth/credentials';

const API_VERSION = '2024-10-01';

try {
  // The public cloud, unless the environment names another one (or the emulator).
  const cloud = await cloudFromEnvironment(process.env);
  const { endpoint, audience: resource } = cloud.resourceManager;
  const clientId = setting('AZURE_CLIENT_ID');
  const credential = fromClientSecret({
    tenantId: setting('AZURE_TENANT_ID'),
    clientId,
    clientSecret: setting('AZURE_CLIENT_SECRET'),
    cloud,
  });

  // The shape that adal-node gives to its callbacks. Ask again for each call: until it expires, it is the same token.
  const token = await credential.getToken(`${resource}/.default`);
  const tokenResponse = toAdalTokenResponse(token, { resource, clientId });
  console.log(`token      ${tokenResponse.tokenType} for ${tokenResponse.resource}`);
  console.log(`fields     ${Object.keys(tokenResponse).join(' ')}`);

  const workspace = [
    ...['subscriptions', setting('AZUREML_ARM_SUBSCRIPTION')],
    ...['resourceGroups', setting('AZUREML_ARM_RESOURCEGROUP')],
    ...['providers', 'Microsoft.MachineLearningServices'],
    ...['workspaces', setting('AZUREML_ARM_WORKSPACE_NAME')],
  ].map((part) => encodeURIComponent(part));
  const response = await fetch(`${endpoint}/${workspace.join('/')}?api-version=${API_VERSION}`, {
    headers: { authorization: `${tokenResponse.tokenType} ${tokenResponse.accessToken}` },
    // A token goes to the host that it was got for, and to no other.
    redirect: 'error',
    signal: AbortSignal.timeout(30_000),
  });
  await show(response);
} catch (error) {
  if (!isAmlAuthError(error)) throw error;
  console.error(`${error.code}: ${error.message}`);
  if (error.remedy !== undefined) console.error(`Next: ${error.remedy}`);
  process.exitCode = 1;
}

/** Prints the workspace, or what Azure Resource Manager says in its place. */
async function show(response: Response): Promise<void> {
  const text = await response.text();
  console.log(`status     ${response.status}`);
  if (response.ok) {
    const { name, location } = JSON.parse(text) as { name: string; location: string };
    console.log(`workspace  ${name}`);
    console.log(`location   ${location}`);
    return;
  }
  console.error(`Azure Resource Manager refused: ${errorIn(text)}`);
  console.error(`Correlation id: ${response.headers.get('x-ms-correlation-request-id') ?? 'none'}`);
  process.exitCode = 1;
}

/** `{"error": {"code", "message"}}`, or the beginning of a page that something in between answered. */
function errorIn(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error: { code: string; message: string } };
    return `${error.code}: ${error.message}`;
  } catch {
    return text.slice(0, 200);
  }
}

/** A setting from the environment; the libraries say what is wrong with an empty one. */
function setting(name: string): string {
  return process.env[name] ?? '';
}
