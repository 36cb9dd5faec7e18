import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../check.ts';
import { readDocument } from '../docs/read-document.ts';
import { lastWords, runProgram } from '../workspace/run-program.ts';

/** The page that newcomers follow word by word. */
const PAGE = 'docs/start.md';
/** What its program prints: the workspace of the emulator. */
const PRINTS = 'ws1 westeurope\n';

/**
 * Does what the start page says to write a program: the commands from `mkdir` on, its program in the file that it
 * names, and the command after it, as they stand.
 *
 * @param work - a folder that is not there yet
 * @param env - names the registry
 */
export async function startPageFindings(
  root: string,
  work: string,
  env: Readonly<Record<string, string>>,
): Promise<readonly Finding[]> {
  const { blocks } = await readDocument(root, PAGE);
  const commands = blocks.filter(({ language }) => language === 'sh');
  const first = commands.findIndex(({ text }) => text.startsWith('mkdir '));
  const [setUp, start] = first === -1 ? [] : commands.slice(first);
  const program = blocks.find(({ language }) => language === 'ts');
  const file = /into `(\S+\.mjs)`/.exec(await readFile(join(root, PAGE), 'utf8'))?.[1];
  if (setUp === undefined || start === undefined || program === undefined || file === undefined)
    return [{ where: PAGE, what: 'it does not say how to write a program' }];
  await mkdir(work, { recursive: true });
  const folder = /^cd (\S+)$/m.exec(setUp.text)?.[1] ?? '.';
  const made = await runProgram('sh', ['-e', '-c', setUp.text], { cwd: work, env });
  if (made.code !== 0) return [{ where: `${PAGE}:${setUp.line}`, what: lastWords(made, 12) }];
  await writeFile(join(work, folder, file), program.text);
  const ran = await runProgram('sh', ['-e', '-c', start.text], { cwd: join(work, folder), env });
  return ran.code === 0 && ran.stdout === PRINTS
    ? []
    : [{ where: `${PAGE}:${start.line}`, what: `it does not print the workspace: ${lastWords(ran, 12)}` }];
}
