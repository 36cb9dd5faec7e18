import { h, name } from './dom.js';

/** So many rows are shown; the search finds the others. */
const MOST = 1000;

/** Everyone with every access: one row for each way by which it comes. */
export function tableRows({ nodes, into }, seen) {
  const rows = [];
  for (const access of nodes.values()) {
    if (access.column !== 2 || !seen.has(access.id)) continue;
    const scope = nodes.get(`s:${access.item.scope}`)?.item;
    const walk = (id, groups) => {
      const { item, kind } = nodes.get(id);
      if (seen.has(id)) {
        const via = groups.map((group) => nodes.get(group).item.name).join(' › ');
        rows.push({
          id,
          access: access.id,
          kind,
          accessKind: access.kind,
          place: scope?.name,
          cells: [item.name, via, access.item.title, scope?.path ?? access.item.scope],
        });
      }
      for (const { from, kind: edge } of into.get(id) ?? [])
        if (edge === 'membership' && !groups.includes(from) && from !== id) walk(from, [id, ...groups]);
    };
    for (const { from } of into.get(access.id) ?? []) walk(from, []);
  }
  return rows;
}

/** Rows by a column, in the order of the language; the same rows in the same order. */
export function sortRows(rows, { column, descending }, language) {
  const { compare } = new Intl.Collator(language, { numeric: true });
  const sign = descending ? -1 : 1;
  return rows.toSorted(
    (one, other) =>
      sign * compare(one.cells[column], other.cells[column]) ||
      compare(one.cells.join('\n'), other.cells.join('\n')),
  );
}

/** The table, with a button in each heading that sorts by it. */
export function drawTable(stage, { rows, sort, texts, language, sortBy, choose, index }) {
  const shown = sortRows(rows, sort, language);
  const headings = [texts.who, texts.via, texts.what, texts.where];
  stage.replaceChildren(
    h('p.count', {}, texts.rows.replace('{count}', shown.length)),
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          headings.map((title, column) => {
            const isSorted = sort.column === column;
            const direction = isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined;
            const mark = isSorted ? (sort.descending ? ' ▼' : ' ▲') : '';
            return h(
              'th',
              { scope: 'col', 'aria-sort': direction },
              h(
                'button',
                { type: 'button', 'data-column': column, click: () => sortBy(column) },
                title,
                h('span', { 'aria-hidden': 'true' }, mark),
              ),
            );
          }),
        ),
      ),
      h(
        'tbody',
        {},
        shown
          .slice(0, MOST)
          .map(({ id, access, kind, accessKind, place, cells }) =>
            h(
              'tr',
              {},
              h(
                'td',
                { 'data-label': headings[0] },
                h(
                  'button.link',
                  { type: 'button', click: () => choose(index.nodes.get(id)) },
                  name(cells[0]),
                ),
                h('small', {}, texts[kind]),
              ),
              h('td', { 'data-label': headings[1] }, cells[1] === '' ? texts.direct : name(cells[1])),
              h(
                'td',
                { 'data-label': headings[2] },
                h(
                  `button.link.${accessKind}`,
                  { type: 'button', click: () => choose(index.nodes.get(access)) },
                  name(cells[2]),
                ),
                h('small', {}, texts[accessKind]),
              ),
              h('td', { 'data-label': headings[3] }, [
                place === undefined ? '' : h('div', {}, name(place)),
                h('code', {}, name(cells[3])),
              ]),
            ),
          ),
      ),
    ),
    shown.length > MOST ? h('p.count', {}, texts.more.replace('{count}', shown.length - MOST)) : '',
  );
}
