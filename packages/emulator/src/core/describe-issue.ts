import type { z } from 'zod';

/** The first thing that is wrong, in a sentence that names its place. */
export function describeIssue(error: z.ZodError, whole: string): string {
  const [issue] = error.issues;
  if (issue === undefined) return `${whole} does not have the right form.`;
  const path = pathOf(issue.path);
  if (issue.code !== 'unrecognized_keys') return `${path === '' ? whole : path}: ${issue.message}.`;
  const at = path === '' ? '' : `${path}.`;
  return `${issue.keys.map((key) => `${at}${key}`).join(', ')}: there is no such setting.`;
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
