import type { Cloud, Credential } from '@aml-auth/core';
import { fromAzureCli, type AzureCliOptions } from '../azure-cli/from-azure-cli.js';
import { cloudOf } from './cloud-of.js';

/** Options of {@link azureCliAuthentication}. */
export interface AzureCliAuthenticationOptions extends Omit<AzureCliOptions, 'cloud'> {
  /** `cloud` of azureml-core: a name, or a cloud. The session of `az` decides; it is only checked here. */
  readonly cloud?: Cloud | string | undefined;
}

/**
 * What `AzureCliAuthentication` of azureml-core does: {@link fromAzureCli}.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed option
 */
export function azureCliAuthentication({ cloud, ...rest }: AzureCliAuthenticationOptions = {}): Credential {
  return fromAzureCli({ ...rest, cloud: cloudOf(cloud) });
}
