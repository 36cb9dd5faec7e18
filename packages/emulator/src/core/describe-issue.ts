import type * as z from 'zod';

/** The first thing that is wrong, in a sentence that names its place. */
export function describeIssue(error: z.ZodError, whole: string): string {
  const [first] = describeIssues(error);
  if (first === undefined) return `${whole} does not have the right form.`;
  return `${first.path === '' ? whole : first.path}: ${first.message}`;
}

/** All that is wrong, with its place, which is empty for the whole. */
export function describeIssues(
  error: z.ZodError,
): readonly { readonly path: string; readonly message: string }[] {
  return error.issues.flatMap((issue) => {
    const path = pathOf(issue.path);
    if (issue.code !== 'unrecognized_keys') return [{ path, message: `${issue.message}.` }];
    const at = path === '' ? '' : `${path}.`;
    return issue.keys.map((key) => ({ path: `${at}${key}`, message: 'there is no such setting.' }));
  });
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
