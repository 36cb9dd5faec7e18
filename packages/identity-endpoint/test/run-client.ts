import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What the program printed. */
export interface ClientOutput {
  readonly token?: string;
  readonly expiresOnTimestamp?: number;
  readonly error?: string;
}

const CLIENT = fileURLToPath(new URL('clients/managed-identity.mjs', import.meta.url));

/** Runs a program with `ManagedIdentityCredential` in a process and an environment of its own. */
export async function runClient(
  env: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<ClientOutput> {
  const { stdout } = await promisify(execFile)(process.execPath, [CLIENT, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    timeout: 30_000,
  });
  return JSON.parse(stdout) as ClientOutput;
}
