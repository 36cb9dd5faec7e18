import { cloudFromEnvironment, isAmlAuthError, type Cloud, type Credential } from '@aml-auth/core';
import { createArmClient } from '@aml-auth/rest';

/**
 * Prints the Azure Machine Learning workspace that the environment names. Where that fails, the program ends with
 * exit code 1, a code and the next step.
 *
 * @param signIn - makes the credential, for the cloud that the environment names
 */
export async function showWorkspace(signIn: (cloud: Cloud) => Credential): Promise<void> {
  try {
    // The public cloud, unless the environment names another one (or the emulator).
    const cloud = await cloudFromEnvironment(process.env);
    const workspace = await createArmClient({ credential: signIn(cloud), cloud }).workspaces.get({
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
}

/** A setting from the environment; the libraries say what is wrong with an empty one. */
export function setting(name: string): string {
  return process.env[name] ?? '';
}
