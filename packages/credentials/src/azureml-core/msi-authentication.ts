import { AmlAuthError, type Cloud, type Credential } from '@aml-auth/core';
import {
  fromManagedIdentity,
  type ManagedIdentityOptions,
} from '../managed-identity/from-managed-identity.js';
import type { IdentitySelector } from '../managed-identity/selector.js';
import { cloudOf } from './cloud-of.js';

/** `identity_config` of azureml-core: which user-assigned identity is meant. At most one of the three. */
export interface MsiIdentityConfig {
  /** `client_id`. */
  readonly clientId?: string | undefined;
  /** `object_id`. */
  readonly objectId?: string | undefined;
  /** `msi_res_id`. */
  readonly msiResId?: string | undefined;
}

/** Options of {@link msiAuthentication}. */
export interface MsiOptions extends Omit<ManagedIdentityOptions, keyof IdentitySelector | 'cloud'> {
  /** Default: the system-assigned identity. */
  readonly identityConfig?: MsiIdentityConfig | undefined;
  /** `cloud` of azureml-core: a name, or a cloud. A machine knows its own; a pod's token is exchanged in this one. */
  readonly cloud?: Cloud | string | undefined;
}

/**
 * What `MsiAuthentication` of azureml-core does: {@link fromManagedIdentity} with its option names.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed option, or a field that `identityConfig` does not have
 */
export function msiAuthentication({ identityConfig = {}, cloud, ...rest }: MsiOptions = {}): Credential {
  const { clientId, objectId, msiResId: resourceId, ...others } = identityConfig;
  requireNoOthers(others);
  return fromManagedIdentity({ ...rest, cloud: cloudOf(cloud), clientId, objectId, resourceId });
}

/** Names of Python would be passed over in silence, and the system-assigned identity be used instead. */
function requireNoOthers(others: object): void {
  const [name] = Object.keys(others);
  if (name === undefined) return;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `identityConfig has no field ${JSON.stringify(name.slice(0, 60))}.`,
    remedy: 'Give clientId, objectId or msiResId.',
  });
}
