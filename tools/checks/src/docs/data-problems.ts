import { parseAllDocuments } from 'yaml';
import type { Finding } from '../check.ts';
import type { Document } from './read-document.ts';

/** JSON and YAML blocks that do not parse. */
export function dataProblems({ file, blocks }: Document): readonly Finding[] {
  return blocks.flatMap(({ language, text, line }) => {
    const what = language === 'json' ? jsonProblem(text) : yamlProblem(language, text);
    return what === undefined ? [] : [{ where: `${file}:${line}`, what }];
  });
}

function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return `not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function yamlProblem(language: string, text: string): string | undefined {
  if (language !== 'yaml' && language !== 'yml') return undefined;
  const documents = parseAllDocuments(text);
  const error = Array.isArray(documents) ? documents.flatMap(({ errors }) => errors)[0] : undefined;
  return error === undefined ? undefined : `not YAML: ${error.message.split('\n', 1)[0] ?? ''}`;
}
