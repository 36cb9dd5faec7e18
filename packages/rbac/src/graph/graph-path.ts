import { AmlAuthError } from '@aml-auth/core';

/**
 * A path of Microsoft Graph, as a tagged template: `/applications/${id}/addPassword`. What is put in becomes one
 * segment, or the text of an alternate key (`/applications(uniqueName='${name}')`), whatever characters it has.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for an empty part, `.` or `..`
 */
export function graphPath(texts: TemplateStringsArray, ...parts: readonly string[]): string {
  return texts.reduce((path, text, index) => path + encoded(parts[index - 1] ?? '') + text);
}

function encoded(part: string): string {
  if (part !== '' && part !== '.' && part !== '..') {
    // A quote inside a key is written twice (OData 4.01, URL conventions, 4.3.1).
    return encodeURIComponent(part.replaceAll("'", "''"));
  }
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${JSON.stringify(part)} cannot be part of a path of Microsoft Graph.`,
    remedy: 'Give an id or a name.',
  });
}
