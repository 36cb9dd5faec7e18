import type { Tree } from '@nx/devkit';

/**
 * Changes the text of a file that is there.
 *
 * @throws {Error} where there is no such file, or where the change did nothing: it has another shape than this tool knows
 */
export function editFile(tree: Tree, path: string, edit: (text: string) => string | undefined): void {
  const text = tree.read(path, 'utf8');
  if (text === null) throw new Error(`${path} is missing: run this in the repository. Nothing was changed.`);
  const edited = edit(text);
  if (edited === undefined || edited === text) {
    throw new Error(
      `${path} has another shape than this generator knows: correct its edit in tools/generators/src. ` +
        'Nothing was changed.',
    );
  }
  tree.write(path, edited);
}
