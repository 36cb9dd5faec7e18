import { scopeFlags, type ScopeFlags } from '../../../access/scope-flags.js';
import { outputFlags } from '../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../settings/sign-in-flags.js';
import { textArgument } from '../../../settings/text-flag.js';

/** Options of commands about roles at a scope. */
export interface DefinitionFlags extends DataFlags, ScopeFlags {}

/** How {@link DefinitionFlags} are parsed. */
export const definitionFlags = { ...scopeFlags, ...signInFlags, ...outputFlags } as const;

/** How a role is parsed. */
export const roleArgument = textArgument('Role by name or id', 'role');

/** How the file with a role is parsed. */
export const roleFileArgument = textArgument('JSON file with the role, - for standard input', 'file|-');
