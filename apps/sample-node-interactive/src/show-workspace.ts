import { cloudFromEnvironment, isAmlAuthError } from '@aml-auth/core';
import { fromBrowser, type BrowserOptions } from '@aml-auth/credentials';
import { createArmClient } from '@aml-auth/rest';

/**
 * Signs a person in and prints the Azure Machine Learning workspace that the environment names. Where that fails, the
 * program ends with exit code 1, a code and the next step.
 *
 * @param openBrowser - opens the sign-in page; default: the browser of this machine
 */
export async function showWorkspace(openBrowser?: BrowserOptions['openBrowser']): Promise<void> {
  try {
    // The public cloud, unless the environment names another one (or the emulator).
    const cloud = await cloudFromEnvironment(process.env);

    // One sign-in for all tokens of this object, which last as long as the program does.
    const credential = fromBrowser({ tenantId: process.env['AZURE_TENANT_ID'], cloud, openBrowser });

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
}

/** A setting from the environment; the libraries say what is wrong with an empty one. */
function setting(name: string): string {
  return process.env[name] ?? '';
}
