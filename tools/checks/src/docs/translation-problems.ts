import type { Finding } from '../check.ts';
import type { Document } from './read-document.ts';

/**
 * Where a translation (`README.ko.md`) is not the shape of what it translates (`README.md`): the levels of its
 * headings, its code blocks, or where its links lead. Links of the two to each other do not count.
 */
export function translationProblems(documents: readonly Document[]): readonly Finding[] {
  return documents.flatMap((translation) => {
    const file = /^(.*)\.ko\.md$/.exec(translation.file)?.[1];
    if (file === undefined) return [];
    const original = documents.find((document) => document.file === `${file}.md`);
    if (original === undefined) return [{ where: translation.file, what: 'translates no document' }];
    const shapes = [shapeOf(original), shapeOf(translation)] as const;
    return (['headings', 'code blocks', 'links'] as const)
      .filter((part) => shapes[0][part] !== shapes[1][part])
      .map((part) => ({ where: translation.file, what: `its ${part} are not those of ${original.file}` }));
  });
}

function shapeOf({
  headingLevels,
  blocks,
  links,
}: Document): Record<'headings' | 'code blocks' | 'links', string> {
  const targets = links.map(({ url }) => url).filter((url) => !/^README(\.ko)?\.md$/.test(url));
  return {
    headings: headingLevels.join(' '),
    'code blocks': blocks.map(({ language, text }) => `${language}\n${text}`).join('\n\n'),
    links: [...new Set(targets)].sort().join('\n'),
  };
}
