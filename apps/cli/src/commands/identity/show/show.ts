import type { CliContext } from '../../../context.js';
import type { IdentityFlags } from '../identity-flags.js';
import { findIdentity } from '../find-identity.js';

/** Runs `aml-auth identity show`. */
export function show(context: CliContext, flags: IdentityFlags, resource: string): Promise<void> {
  return findIdentity(context, flags, resource, false);
}
