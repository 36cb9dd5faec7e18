import {
  cloudFromEnvironment,
  cloudNamed,
  fetchCloud,
  type Cloud,
  type CloudEnvironment,
} from '@aml-auth/core';

/**
 * The cloud of the flag (a name, or the https URL of a metadata document), else that of the environment.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a value that belongs to no cloud, and what `fetchCloud` throws
 */
export async function resolveCloud(
  flag: string | undefined,
  env: CloudEnvironment,
  signal: AbortSignal,
): Promise<Cloud> {
  if (flag === undefined) return cloudFromEnvironment(env, { signal });
  return flag.includes('://') ? fetchCloud(flag, { signal }) : cloudNamed(flag);
}
