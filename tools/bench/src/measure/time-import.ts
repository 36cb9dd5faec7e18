import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** What an import is measured by: processor time of the process, or the time on the clock. */
export type ImportClock = 'processor' | 'wall';

const READING: Readonly<Record<ImportClock, string>> = {
  processor: '(({ user, system }) => (user + system) / 1000)(process.cpuUsage())',
  wall: 'performance.now()',
};

/**
 * Milliseconds that a Node.js process of its own takes from the first line of a program until a module is imported.
 * Processor time hardly depends on what else the machine does; wall time is that of a user only on a quiet machine.
 *
 * @param name - as `import` takes it, resolved from this package; nothing is imported without one
 * @throws {Error} where the process does not end with exit code 0
 */
export async function timeImport(name?: string, by: ImportClock = 'processor'): Promise<number> {
  const load = name === undefined ? '' : `await import(${JSON.stringify(import.meta.resolve(name))});`;
  // Not by console.log, which colours numbers where FORCE_COLOR is set, as it is in tasks of nx.
  const program = `const read = () => ${READING[by]}; const started = read(); ${load} process.stdout.write(String(read() - started));`;
  const args = ['--input-type=module', '--eval', program];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output, [code]] = await Promise.all([
    text(child.stdout),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  if (code !== 0) throw new Error(`The import of ${name ?? 'nothing'} ended with ${String(code)}`);
  return Number(output);
}
