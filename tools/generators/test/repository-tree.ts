import { resolve } from 'node:path';
import type { Tree } from '@nx/devkit';
import { createTree } from '@nx/devkit/testing';

/** This repository as generators see it. What they change stays in memory. */
export function repositoryTree(): Tree {
  const root = resolve(import.meta.dirname, '../../..');
  return Object.assign(createTree(), { root });
}

/** Every file that was written or changed, with its text. */
export function changesOf(tree: Tree): Record<string, string> {
  return Object.fromEntries(tree.listChanges().map(({ path, content }) => [path, content?.toString() ?? '']));
}
