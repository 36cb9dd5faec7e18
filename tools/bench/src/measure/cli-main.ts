import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The script of the command line, as it is installed. */
export function cliMain(): string {
  const manifest = createRequire(import.meta.url).resolve('@aml-auth/cli/package.json');
  return join(manifest, '../dist/main.js');
}
