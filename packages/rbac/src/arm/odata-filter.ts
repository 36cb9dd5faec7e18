/** A text inside an OData `$filter`: a quote in it is written twice (OData 4.01, URL conventions, 5.1.1.6.2). */
export function odataText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The `$filter` of several terms, all of which must hold; undefined where there is none. */
export function allOf(terms: readonly (string | undefined)[]): string | undefined {
  const given = terms.filter((term) => term !== undefined);
  return given.length === 0 ? undefined : given.join(' and ');
}
