import { fetchCloud, type FetchCloudOptions } from './cloud-from-metadata.js';
import { findCloud, knownClouds, publicCloud, type Cloud } from './clouds.js';
import { AmlAuthError } from './errors.js';

/** The variables that name a cloud. `process.env` fits. */
export interface CloudEnvironment {
  /** The https URL of the metadata document of a custom cloud's Resource Manager. */
  readonly ARM_CLOUD_METADATA_URL?: string | undefined;
  /** A cloud's name, as Azure Machine Learning sets it inside jobs. */
  readonly AZUREML_CURRENT_CLOUD?: string | undefined;
  /** The authority of a known cloud, as the Azure SDKs read it. */
  readonly AZURE_AUTHORITY_HOST?: string | undefined;
}

/**
 * The cloud that the environment names: `ARM_CLOUD_METADATA_URL`, else `AZUREML_CURRENT_CLOUD`, else
 * the known cloud whose authority `AZURE_AUTHORITY_HOST` is, else the public one. Empty variables
 * count as absent. Only a metadata URL leads to a network call.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a value that belongs to no known cloud, and what
 *   {@link fetchCloud} throws
 */
export async function cloudFromEnvironment(
  env: CloudEnvironment,
  options: FetchCloudOptions = {},
): Promise<Cloud> {
  if (env.ARM_CLOUD_METADATA_URL) return fetchCloud(env.ARM_CLOUD_METADATA_URL, options);
  return knownCloud(env);
}

/**
 * As {@link cloudFromEnvironment}, at once and without a network call.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a value that belongs to no known cloud, and for `ARM_CLOUD_METADATA_URL`
 */
export function knownCloudFromEnvironment(env: CloudEnvironment): Cloud {
  if (!env.ARM_CLOUD_METADATA_URL) return knownCloud(env);
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: 'ARM_CLOUD_METADATA_URL names a cloud whose metadata has to be fetched first.',
    remedy: 'Give the option cloud: await cloudFromEnvironment(process.env), from @aml-auth/core.',
  });
}

function knownCloud(env: CloudEnvironment): Cloud {
  if (env.AZUREML_CURRENT_CLOUD) return cloudNamed(env.AZUREML_CURRENT_CLOUD);
  return env.AZURE_AUTHORITY_HOST ? cloudOfAuthority(env.AZURE_AUTHORITY_HOST) : publicCloud;
}

/**
 * The known cloud of that name, in any case.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function cloudNamed(name: string): Cloud {
  const cloud = findCloud(name);
  if (cloud !== undefined) return cloud;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `There is no Azure cloud named ${name}.`,
    remedy: `Use one of ${knownClouds.map((known) => known.name).join(', ')}, or the https URL of a metadata document.`,
  });
}

function cloudOfAuthority(authority: string): Cloud {
  const origin = URL.parse(authority.includes('://') ? authority : `https://${authority}`)?.origin;
  const cloud = knownClouds.find(({ authorityHost }) => authorityHost === origin);
  if (cloud !== undefined) return cloud;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `AZURE_AUTHORITY_HOST names ${authority}, which is the authority of no known cloud.`,
    remedy:
      'Set ARM_CLOUD_METADATA_URL too: an authority alone does not say where the Resource Manager of its cloud is.',
  });
}
