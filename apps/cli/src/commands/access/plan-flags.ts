import { signInFlags, type DataFlags } from '../../settings/sign-in-flags.js';
import { outputFlags } from '../../output/output-format.js';
import { textArgument } from '../../settings/text-flag.js';

/** How the file with the wanted access is parsed. */
export const accessFileArgument = textArgument(
  'YAML or JSON file with the access that should be, - for standard input',
  'file|-',
);

/** Options of commands that plan. */
export type PlanFlags = DataFlags;

/** How {@link PlanFlags} are parsed. */
export const planFlags = { ...signInFlags, ...outputFlags } as const;
