import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Makes the files of a case below a new folder, which goes with the test; gives the folder. */
export async function temporaryTree(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'aml-auth-config-')));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    const place = join(root, name);
    await mkdir(name.endsWith('/') ? place : dirname(place), { recursive: true });
    if (name.endsWith('/')) continue;
    if (text.startsWith('-> ')) await symlink(text.slice(3), place);
    else await writeFile(place, text);
  }
  return root;
}
