import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram, type ProgramResult } from './run-program.ts';

/** Runs the pnpm that started this process, else the one that the repository pins. */
export async function pnpm(
  root: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ProgramResult> {
  const running = process.env['npm_execpath'];
  // A binary of pnpm is started as it is; its JavaScript form needs Node.js before it.
  if (running?.includes('pnpm') === true) {
    const script = /\.[cm]?js$/.test(running);
    return runProgram(script ? process.execPath : running, script ? [running, ...args] : args, { cwd, env });
  }
  return runProgram('npx', ['-y', await pinned(root), ...args], { cwd, env });
}

async function pinned(root: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    packageManager?: string;
  };
  return manifest.packageManager ?? 'pnpm';
}
