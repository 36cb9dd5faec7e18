import { fileURLToPath } from 'node:url';

/** The file of this command line that Node.js runs, for a process of its own. It lies beside this module in a build. */
export function ownProgram(): string {
  return fileURLToPath(new URL('./main.js', import.meta.url));
}
