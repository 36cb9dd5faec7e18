// Reads an Azure Machine Learning workspace with the client of the Azure SDK, signed in by a credential of aml-auth.
// All settings come from the environment: see README.md.
import { cloudFromEnvironment, isAmlAuthError } from '@aml-auth/core';
import { fromClientSecret } from '@aml-auth/credentials';
import { AzureMachineLearningWorkspaces } from '@azure/arm-machinelearning';

try {
  // The public cloud, unless the environment names another one (or the emulator).
  const cloud = await cloudFromEnvironment(process.env);
  const { endpoint, audience } = cloud.resourceManager;

  const credential = fromClientSecret({
    tenantId: setting('AZURE_TENANT_ID'),
    clientId: setting('AZURE_CLIENT_ID'),
    clientSecret: setting('AZURE_CLIENT_SECRET'),
    cloud,
  });

  // The credential is a TokenCredential as it is. For another cloud than the public one, say so to the client too.
  const client = new AzureMachineLearningWorkspaces(credential, setting('AZUREML_ARM_SUBSCRIPTION'), {
    endpoint,
    credentialScopes: `${audience}/.default`,
  });
  const workspace = await client.workspaces.get(
    setting('AZUREML_ARM_RESOURCEGROUP'),
    setting('AZUREML_ARM_WORKSPACE_NAME'),
  );

  console.log(`workspace  ${workspace.name ?? ''}`);
  console.log(`location   ${workspace.location ?? ''}`);
  console.log(`identity   ${workspace.identity?.type ?? 'None'}`);
  console.log(`state      ${workspace.provisioningState ?? ''}`);
} catch (error) {
  // A failed sign-in is an AmlAuthError here too; what the service refuses is a RestError of the SDK.
  if (!(error instanceof Error)) throw error;
  console.error(
    isAmlAuthError(error) ? `${error.code}: ${error.message}` : `${error.name}: ${error.message}`,
  );
  if (isAmlAuthError(error) && error.remedy !== undefined) console.error(`Next: ${error.remedy}`);
  process.exitCode = 1;
}

/** A setting from the environment; the libraries say what is wrong with an empty one. */
function setting(name: string): string {
  return process.env[name] ?? '';
}
