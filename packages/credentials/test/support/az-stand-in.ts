import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * A program named `az` on a PATH of its own, with a profile folder. It is a real executable: what is
 * tested is how a program is found, run, read and ended. Its script is a Node.js module.
 */
export interface AzStandIn {
  readonly env: Record<string, string>;
  /** Sets what `az` does from now on: the body of a Node.js script. */
  behave(script: string): Promise<void>;
  /** Rewrites the profile, as `az login` and `az account set` do. */
  changeProfile(): Promise<void>;
  /** The arguments of every run so far. */
  runs(): Promise<string[][]>;
  remove(): Promise<void>;
}

/** Prints a token that lasts an hour, as `az account get-access-token` does. */
export const PRINTS_TOKEN = `
  const expires_on = Math.floor(Date.now() / 1000) + 3600;
  console.log(JSON.stringify({ accessToken: 'token-' + process.pid, expires_on, tokenType: 'Bearer' }));`;

/** Makes the folders and the program. */
export async function azStandIn(): Promise<AzStandIn> {
  const folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
  const [bin, config, log] = [join(folder, 'bin'), join(folder, 'config'), join(folder, 'log')];
  const profile = join(config, 'azureProfile.json');
  await Promise.all([mkdir(bin), mkdir(config), writeFile(log, '')]);
  await writeFile(profile, '{}');
  let changes = 0;

  async function behave(script: string): Promise<void> {
    const record = `require('node:fs').appendFileSync(${JSON.stringify(log)}, JSON.stringify(process.argv.slice(2)) + '\\n');`;
    const program = join(bin, 'az');
    await writeFile(program, `#!${process.execPath}\n${record}\n${script}\n`);
    await chmod(program, 0o700);
  }

  await behave(PRINTS_TOKEN);
  return {
    env: { PATH: [bin, '/usr/bin', '/bin'].join(delimiter), AZURE_CONFIG_DIR: config, HOME: folder },
    behave,
    async changeProfile() {
      changes += 1;
      await writeFile(profile, JSON.stringify({ changes: 'x'.repeat(changes) }));
    },
    async runs() {
      const lines = (await readFile(log, 'utf8')).split('\n').filter((line) => line !== '');
      return lines.map((line) => JSON.parse(line) as string[]);
    },
    // A program that was ended may still be on its way out.
    remove: () => rm(folder, { recursive: true, maxRetries: 10 }),
  };
}
