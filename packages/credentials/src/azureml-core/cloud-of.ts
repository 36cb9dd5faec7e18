import { cloudNamed, type Cloud } from '@aml-auth/core';

/**
 * A cloud, or the known one of that name, as azureml-core takes it: `AzureCloud`, `AzureChinaCloud` or
 * `AzureUSGovernment`. Undefined stays undefined: the public cloud.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for another name
 */
export function cloudOf(cloud: Cloud | string | undefined): Cloud | undefined {
  return typeof cloud === 'string' ? cloudNamed(cloud) : cloud;
}
