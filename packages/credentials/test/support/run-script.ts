import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Runs a script in a Node.js process of its own, and reads the JSON that it prints: for clients that keep
 * state in their process, or read `process.env`.
 */
export async function runScript<T>(
  url: URL,
  argument: unknown,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<T> {
  const { stdout } = await promisify(execFile)(process.execPath, [url.pathname, JSON.stringify(argument)], {
    env: { PATH: process.env['PATH'], ...env },
    timeout: 50_000,
  });
  return JSON.parse(stdout) as T;
}
