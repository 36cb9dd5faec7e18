/** A file that is linted for a moment, and what must come of it. */
export interface Probe {
  /** Where it is put, from the root of the repository. */
  readonly folder: string;
  readonly text: string;
  /** The rule that must catch it; undefined where nothing may. */
  readonly caughtBy: string | undefined;
}

const BOUNDARIES = '@nx/enforce-module-boundaries';

/** One probe for each kind of fence, and one control for each, which must pass. */
export const probes: readonly Probe[] = [
  {
    // Upwards: the lowest layer imports a service.
    folder: 'packages/core/src',
    text: "export { fromClientSecret } from '@aml-auth/credentials';\n",
    caughtBy: BOUNDARIES,
  },
  {
    // Sideways: one service imports another.
    folder: 'packages/rest/src',
    text: "export { fromClientSecret } from '@aml-auth/credentials';\n",
    caughtBy: BOUNDARIES,
  },
  {
    // Undeclared: another package of the repository depends on it, this one does not.
    folder: 'packages/rest/src',
    text: "export { parse } from 'yaml';\n",
    caughtBy: BOUNDARIES,
  },
  {
    // The packages that run everywhere do not touch Node.js.
    folder: 'packages/core/src',
    text: "export { readFile } from 'node:fs/promises';\n",
    caughtBy: 'no-restricted-imports',
  },
  { folder: 'packages/core/src', text: "export { redact } from './redact.js';\n", caughtBy: undefined },
  { folder: 'packages/rest/src', text: "export { redact } from '@aml-auth/core';\n", caughtBy: undefined },
];
