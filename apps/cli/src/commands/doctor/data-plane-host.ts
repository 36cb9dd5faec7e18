import { AmlAuthError, type Cloud } from '@aml-auth/core';

/**
 * What the regional hosts of Azure Machine Learning's data plane end with, by the name of the cloud
 * ([how-to-manage-rest](https://learn.microsoft.com/azure/machine-learning/how-to-manage-rest), and the registries'
 * hosts in `_azure_environments.py` of `azure-ai-ml`).
 */
const ENDINGS: Readonly<Partial<Record<string, string>>> = {
  AzureCloud: '.api.azureml.ms',
  AzureChinaCloud: '.api.ml.azure.cn',
  AzureUSGovernment: '.api.ml.azure.us',
};

/** Whether the address is one of the cloud's data plane. Of other clouds nothing is known but their own origin. */
export function isDataPlaneAddress({ name, resourceManager }: Cloud, address: URL): boolean {
  const { protocol, hostname, origin, port, username, password } = address;
  if (protocol !== 'https:' || username !== '' || password !== '') return false;
  const ending = Object.hasOwn(ENDINGS, name) ? ENDINGS[name] : undefined;
  if (ending === undefined) return origin === new URL(resourceManager.endpoint).origin;
  return port === '' && hostname.endsWith(ending) && /^[a-z\d-]+(\.[a-z\d-]+)*$/.test(hostname);
}

/**
 * The address that a service named, where it is one of the cloud's data plane.
 *
 * @param what - what it is, such as `The discoveryUrl of the workspace`
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID` where it is no address, `AML_UNTRUSTED_HOST` where it leads elsewhere
 */
export function dataPlaneAddress(cloud: Cloud, text: unknown, what: string): URL {
  const address = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  if (address === undefined) {
    throw new AmlAuthError({
      code: 'AML_RESPONSE_INVALID',
      message: `${what} is no address.`,
      remedy: 'Look at the workspace: aml-auth workspace show',
    });
  }
  if (isDataPlaneAddress(cloud, address)) return address;
  throw new AmlAuthError({
    code: 'AML_UNTRUSTED_HOST',
    message: `${what} leads to ${address.origin}, which is no host of Azure Machine Learning in ${cloud.name}. It was not asked.`,
    remedy:
      'Check that the cloud is the one of the workspace (--cloud), and who answers for Azure Resource Manager here.',
  });
}
