import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/**
 * Milliseconds of processor time that the import of a module adds to a Node.js process of its own. Unlike the
 * time on the clock, it hardly depends on what else the machine does.
 *
 * @param name - as `import` takes it, resolved from this package
 * @throws {Error} where the process does not end with exit code 0
 */
export async function timeImport(name: string): Promise<number> {
  const url = JSON.stringify(import.meta.resolve(name));
  // Not by console.log, which colours numbers where FORCE_COLOR is set, as it is in tasks of nx.
  const program = `const started = process.cpuUsage(); await import(${url}); const { user, system } = process.cpuUsage(started); process.stdout.write(String((user + system) / 1000));`;
  const args = ['--input-type=module', '--eval', program];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output, [code]] = await Promise.all([
    text(child.stdout),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  if (code !== 0) throw new Error(`The import of ${name} ended with ${String(code)}`);
  return Number(output);
}
