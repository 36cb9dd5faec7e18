import { AmlAuthError, findCloud, knownClouds, type Cloud } from '@aml-auth/core';

/**
 * A cloud, or the known one of that name, as azureml-core takes it: `AzureCloud`, `AzureChinaCloud` or
 * `AzureUSGovernment`. Undefined stays undefined: the public cloud.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for another name
 */
export function cloudNamed(cloud: Cloud | string | undefined): Cloud | undefined {
  if (typeof cloud !== 'string') return cloud;
  const found = findCloud(cloud);
  if (found !== undefined) return found;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `cloud ${JSON.stringify(cloud.slice(0, 60))} is not a known cloud.`,
    remedy: `Give one of ${knownClouds.map(({ name }) => name).join(', ')}, or a cloud object.`,
  });
}
