import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

/**
 * Copies a template as a new app and gives it its name.
 *
 * @param template - a folder that {@link copyTemplates} made
 * @param folder - the new app's folder: absent or empty
 * @throws {Error} where the folder has something in it
 */
export async function createApp(template: string, folder: string): Promise<void> {
  const target = resolve(folder);
  await mkdir(target, { recursive: true });
  if ((await readdir(target)).length > 0) {
    throw new Error(`${folder} is not empty, and nothing in it is overwritten. Name another folder.`);
  }
  await cp(template, target, { recursive: true });
  await rename(join(target, 'gitignore'), join(target, '.gitignore'));
  const file = join(target, 'package.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const manifest = JSON.parse(text) as Record<string, unknown>;
  await writeFile(file, `${JSON.stringify({ ...manifest, name: basename(target) }, undefined, 2)}\n`);
}
