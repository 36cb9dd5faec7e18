import { outputFlags } from '../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../settings/sign-in-flags.js';
import { textArgument, textFlag } from '../../settings/text-flag.js';

/** Options of commands about managed identities. */
export interface IdentityFlags extends DataFlags {
  readonly identity?: string | undefined;
}

/** How {@link IdentityFlags} are parsed. */
export const identityFlags = {
  identity: textFlag(
    'Which one: system, or the resource id of a user-assigned one (default: the system-assigned one where it is on)',
    'system|id',
  ),
  ...signInFlags,
  ...outputFlags,
} as const;

/** How the resource is parsed. */
export const resourceArgument = textArgument(
  'Resource id of a virtual machine, compute, endpoint, workspace or user-assigned identity',
  'id',
);
