import type { Finding } from '../check.ts';
import type { Document } from './read-document.ts';

/** Languages whose blocks are compiled, parsed, or looked up word by word. */
const CHECKED = ['ts', 'typescript', 'mts', 'json', 'yaml', 'yml', 'sh', 'bash', 'shell', 'console'];

/**
 * Languages whose blocks nothing reads: drawings and output, messages of HTTP, and code of which whole programs are
 * kept as samples, which `.ci/run` runs.
 */
const NOT_CHECKED = ['text', 'http', 'java', 'python'];

/** Blocks in a language that is in neither list, so that none goes unread unnoticed. */
export function languageProblems({ file, blocks }: Document): readonly Finding[] {
  return blocks
    .filter(({ language }) => ![...CHECKED, ...NOT_CHECKED].includes(language))
    .map(({ language, line }) => ({
      where: `${file}:${line}`,
      what: language === '' ? 'the block names no language' : `no check knows ${language}`,
    }));
}
