/** What is seen, as the part of an address behind its `#`: a link to the same file shows the same. Pure. */
export function hashOf({ query, hidden, mode, sort, chosen }, usual) {
  const parts = new URLSearchParams();
  if (query !== '') parts.set('q', query);
  if (hidden.size > 0) parts.set('without', [...hidden].toSorted().join(','));
  if (mode !== usual.mode) parts.set('view', mode);
  if (sort.column !== 0 || sort.descending) parts.set('sort', `${sort.column}${sort.descending ? '-' : ''}`);
  if (chosen !== undefined) parts.set('at', chosen);
  return parts.toString();
}

/** The same way back. What an address names that is not on this page is left out. Pure. */
export function stateOf(hash, usual, { kinds, has }) {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const [, column, descending] = /^([0-3])(-?)$/.exec(parts.get('sort') ?? '') ?? [undefined, '0', ''];
  const view = parts.get('view');
  const at = parts.get('at');
  return {
    query: parts.get('q') ?? '',
    hidden: new Set((parts.get('without') ?? '').split(',').filter((kind) => kinds.includes(kind))),
    mode: view === 'graph' || view === 'table' ? view : usual.mode,
    sort: { column: Number(column), descending: descending === '-' },
    chosen: at !== null && has(at) ? at : undefined,
  };
}
