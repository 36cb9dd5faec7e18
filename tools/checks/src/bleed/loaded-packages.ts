import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { lastWords, runProgram } from '../workspace/run-program.ts';

const MARK = 'loaded modules: ';

/** Runs ahead of all else in a fresh process, and says at its end what was loaded. What it imported would not be seen. */
const RECORDER = `
const { registerHooks } = process.getBuiltinModule('node:module');
const { writeSync } = process.getBuiltinModule('node:fs');
const urls = [];
registerHooks({ load(url, context, next) { urls.push(url); return next(url, context); } });
process.on('exit', () => writeSync(2, ${JSON.stringify(`\n${MARK}`)} + JSON.stringify(urls) + '\\n'));
`;

/**
 * The names of the packages whose files a fresh process loads when it imports the file, and of modules of Node.js
 * (`node:fs`) that are imported by a statement.
 *
 * @param entry - a file, as an absolute path
 * @throws {Error} where the import fails
 */
export async function loadedByImport(entry: string): Promise<ReadonlySet<string>> {
  return packagesOf(await loadedByImportAsUrls(entry));
}

/** As {@link loadedByImport}, for a program that is started with `--version`. */
export async function loadedByProgram(file: string): Promise<ReadonlySet<string>> {
  return packagesOf(await loaded(file, [file, '--version']));
}

/** The files that {@link loadedByImport} saw, as URLs. */
export async function loadedFilesByImport(entry: string): Promise<readonly string[]> {
  return (await loadedByImportAsUrls(entry)).filter((url) => url.startsWith('file:'));
}

/** The files that {@link loadedByProgram} saw, as URLs. */
export async function loadedFilesByProgram(file: string): Promise<readonly string[]> {
  return (await loaded(file, [file, '--version'])).filter((url) => url.startsWith('file:'));
}

function loadedByImportAsUrls(entry: string): Promise<readonly string[]> {
  const code = `import ${JSON.stringify(pathToFileURL(entry).href)}`;
  return loaded(entry, ['--input-type=module', '--eval', code]);
}

async function loaded(file: string, args: readonly string[]): Promise<readonly string[]> {
  const recorder = `data:text/javascript,${encodeURIComponent(RECORDER)}`;
  const result = await runProgram(process.execPath, ['--import', recorder, ...args], { cwd: dirname(file) });
  const list = result.stderr.split('\n').findLast((line) => line.startsWith(MARK));
  if (result.code !== 0 || list === undefined) throw new Error(`it does not load: ${lastWords(result)}`);
  return JSON.parse(list.slice(MARK.length)) as string[];
}

function packagesOf(urls: readonly string[]): ReadonlySet<string> {
  return new Set(
    urls
      .filter((url) => url.startsWith('file:') || isBuiltin(url))
      .map((url) => (isBuiltin(url) ? url : packageOf(fileURLToPath(url)))),
  );
}

/** The name in the nearest package.json above the file that has one. */
export function packageOf(file: string): string {
  for (let dir = dirname(realpathSync(file)); dir !== dirname(dir); dir = dirname(dir)) {
    const manifest = join(dir, 'package.json');
    if (!existsSync(manifest)) continue;
    // Some packages keep a nameless package.json in their folders, only to state a module type.
    const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string };
    if (name !== undefined) return name;
  }
  return file;
}
