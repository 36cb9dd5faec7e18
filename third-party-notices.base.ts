import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/** The file with the licences of what a build has taken into its scripts. */
export const NOTICES = 'THIRD-PARTY-NOTICES.txt';

const HEAD = 'Code of these packages is part of the scripts beside this file, under their own licences.';
const RULE = '='.repeat(80);

/**
 * Writes the notices of a build into its folder, where its scripts hold code of other packages: what their licences
 * ask of copies. The bundler itself says which packages those are.
 *
 * @param texts - folder with the text of a licence by its SPDX identifier, for packages that ship none
 */
export function thirdPartyNotices(texts: string): Plugin {
  return {
    name: 'third-party-notices',
    setup(build) {
      build.initialOptions.metafile = true;
      build.onEnd(async ({ metafile }) => {
        const folders = packageFolders(Object.values(metafile?.outputs ?? {}).flatMap(usedInputs));
        if (folders.length === 0) return;
        const notices = await Promise.all(folders.map((folder) => notice(folder, texts)));
        const text = [HEAD, ...notices.sort()].join(`\n\n${RULE}\n\n`);
        const folder = build.initialOptions.outdir ?? 'dist';
        // The outputs are written after this, by tsup.
        await mkdir(folder, { recursive: true });
        await writeFile(join(folder, NOTICES), `${text}\n`);
      });
    },
  };
}

/** The files that an output has bytes of. */
function usedInputs({ inputs }: { inputs: Record<string, { bytesInOutput: number }> }): string[] {
  return Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : []));
}

/** The folders of the packages that the files are of. Those of this repository are in no node_modules. */
function packageFolders(files: readonly string[]): string[] {
  const folders = files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? []);
  return [...new Set(folders)];
}

async function notice(folder: string, texts: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const { name, version, license, author, repository } = manifest;
  if (typeof license !== 'string') throw new Error(`${String(name)} names no licence: it cannot be bundled`);
  const about = [`${String(name)}@${String(version)}`, `License: ${license}`];
  const people = nameOf(author, 'name');
  if (people !== undefined) about.push(`Author: ${people}`);
  const source = nameOf(repository, 'url');
  if (source !== undefined) about.push(`Source: ${source}`);
  return `${about.join('\n')}\n\n${await licenceText(folder, license, texts)}`;
}

/** A field of package.json that is a text, or an object with the text. */
function nameOf(field: unknown, key: string): string | undefined {
  const text = typeof field === 'object' && field !== null ? (field as Record<string, unknown>)[key] : field;
  return typeof text === 'string' ? text : undefined;
}

/** What the package says of its licence and of copyright, else the text that its licence is known by. */
async function licenceText(folder: string, license: string, texts: string): Promise<string> {
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)(\.|-|$)/i.test(file));
  const own = await Promise.all(files.sort().map((file) => readFile(resolve(folder, file), 'utf8')));
  if (own.length > 0) return own.map((text) => text.trimEnd()).join('\n\n');
  const known = await readFile(join(texts, `${license}.txt`), 'utf8').catch(() => undefined);
  if (known === undefined)
    throw new Error(`${folder} ships no text of its licence ${license}, nor has ${texts}`);
  return known.replace(/^\n+/, '').trimEnd();
}
