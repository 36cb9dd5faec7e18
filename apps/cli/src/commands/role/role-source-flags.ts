import { textFlag } from '../../settings/text-flag.js';
import { definitionFlags, type DefinitionFlags } from './definition/definition-flags.js';

/** Options that say where roles come from. */
export interface RoleSourceFlags extends DefinitionFlags {
  readonly catalogue: boolean;
  readonly from?: string | undefined;
}

/** How {@link RoleSourceFlags} are parsed. */
export const roleSourceFlags = {
  catalogue: {
    kind: 'boolean',
    default: false,
    withNegated: false,
    brief: 'Built-in roles as this program has them; nobody is asked',
  },
  from: textFlag('File of "role sync" or "access collect", - for standard input; nobody is asked', 'file|-'),
  ...definitionFlags,
} as const;
