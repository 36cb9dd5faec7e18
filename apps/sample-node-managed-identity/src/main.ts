// Signs in as the managed identity of where it runs, and prints an Azure Machine Learning workspace.
import { cloudFromEnvironment, isAmlAuthError } from '@aml-auth/core';
import { fromManagedIdentity } from '@aml-auth/credentials';
import { createArmClient } from '@aml-auth/rest';

try {
  // The public cloud, unless the environment names another one (or the emulator).
  const cloud = await cloudFromEnvironment(process.env);

  // The system-assigned identity, or the one of the compute, unless a client id names another.
  const credential = fromManagedIdentity({ clientId: process.env['AZURE_CLIENT_ID'], cloud });

  const workspace = await createArmClient({ credential, cloud }).workspaces.get({
    subscriptionId: setting('AZUREML_ARM_SUBSCRIPTION'),
    resourceGroup: setting('AZUREML_ARM_RESOURCEGROUP'),
    workspaceName: setting('AZUREML_ARM_WORKSPACE_NAME'),
  });

  console.log(`workspace  ${workspace.name}`);
  console.log(`location   ${workspace.location ?? ''}`);
  console.log(`identity   ${workspace.identity?.type ?? 'None'}`);
  console.log(`state      ${workspace.properties.provisioningState ?? ''}`);
} catch (error) {
  if (!isAmlAuthError(error)) throw error;
  console.error(`${error.code}: ${error.message}`);
  if (error.remedy !== undefined) console.error(`Next: ${error.remedy}`);
  process.exitCode = 1;
}

/** A setting from the environment; the libraries say what is wrong with an empty one. */
function setting(name: string): string {
  return process.env[name] ?? '';
}
