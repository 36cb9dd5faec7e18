import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pageText } from './page-text.ts';
import { ROOT, SOURCES_URL } from './repository.ts';
import { LANDING_PAGE } from './sections.ts';

/** Writes the pages, with what typedoc wants to know of them, below a folder as they lie in the repository. */
export async function stagePages(folder: string, pages: readonly string[]): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const all = [LANDING_PAGE, ...pages];
  const isPage = (file: string): boolean => all.includes(file);
  for (const file of all) {
    const { title, text } = pageText(file, await readFile(join(ROOT, file), 'utf8'), isPage, SOURCES_URL);
    await mkdir(dirname(join(folder, file)), { recursive: true });
    // The landing page is the project's own text: it takes no front matter, and has the heading of the project.
    const page =
      file === LANDING_PAGE
        ? text.replace(/^# .*\n+/, '')
        : `---\ntitle: ${JSON.stringify(title)}\n---\n\n${text}`;
    await writeFile(join(folder, file), page);
  }
}

/** The guides of the repository: Markdown files for its users, in English. */
export async function guidesOf(root: string): Promise<readonly string[]> {
  const guides = ['SECURITY.md', 'CONTRIBUTING.md', 'tools/bench/README.md'];
  for await (const file of glob('{docs/**/*,packages/*/README,apps/*/README}.md', { cwd: root })) {
    if (!/(^packages\/testkit\/|\.ko\.md$)/.test(file)) guides.push(file);
  }
  return guides;
}
