import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Milliseconds from the start to the end of a Node.js process of its own.
 *
 * @throws {Error} where it does not end with exit code 0
 */
export async function timeProcess(args: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${String(code)}`);
  return performance.now() - started;
}
