/** So many principals with the very same access are drawn as one, unless they are looked for. */
const BUNDLE_FROM = 5;
/** So many rows of a column are drawn; the rest as one. */
const MOST_ROWS = 120;

/** The title of an access in the language of the page. */
function titleOf(access, texts, nameOf) {
  if (access.kind !== 'escalation') return access.title;
  return texts[access.step].replace('{to}', access.to?.kind === 'principal' ? nameOf(access.to.id) : '');
}

/** Everything of the graph as nodes in four columns and edges from left to right, with the text that a search looks at. */
export function indexGraph(graph, texts) {
  const nodes = new Map();
  const out = new Map();
  const into = new Map();
  const names = new Map(graph.principals.map(({ id, name }) => [id, name]));
  const nameOf = (id) => names.get(id) ?? id;
  const add = (id, column, kind, item, words) => {
    const text = words.filter(Boolean).join('\n').normalize('NFKC').toLowerCase();
    nodes.set(id, { id, column, kind, item, text });
  };
  const join = (from, to, kind) => {
    if (!nodes.has(from) || !nodes.has(to)) return;
    const edge = { from, to, kind };
    out.set(from, [...(out.get(from) ?? []), edge]);
    const list = into.get(to);
    if (list === undefined) into.set(to, [edge]);
    else list.push(edge);
  };
  for (const one of graph.principals) {
    const item = one.kind === 'everyone' ? { ...one, name: texts.everyone } : one;
    add(`p:${one.id}`, one.kind === 'group' ? 1 : 0, one.kind, item, [item.name, one.detail, one.id]);
  }
  for (const one of graph.scopes) add(`s:${one.id}`, 3, one.level, one, [one.name, one.path, one.type]);
  for (const one of graph.accesses) {
    const title = titleOf(one, texts, nameOf);
    const needs = (one.ways ?? []).flat().map(({ action }) => action);
    const ids = one.holders.map(({ assignment }) => assignment);
    add(`a:${one.id}`, 2, one.kind, { ...one, title }, [title, one.condition, ...needs, ...ids]);
  }
  for (const { member, group } of graph.memberships) join(`p:${member}`, `p:${group}`, 'membership');
  for (const { id, kind, holders, scope } of graph.accesses) {
    for (const principal of new Set(holders.map((holder) => holder.principal)))
      join(`p:${principal}`, `a:${id}`, kind);
    join(`a:${id}`, `s:${scope}`, kind);
  }
  const assignments = new Map(
    graph.accesses.flatMap((access) =>
      access.holders.flatMap(({ assignment, principal }) =>
        assignment === undefined ? [] : [[assignment, { access, principal }]],
      ),
    ),
  );
  return { nodes, out, into, nameOf, assignments };
}

/** All that lies behind or before nodes, themselves among it. */
function reachFrom(edges, end, starts) {
  const found = new Set(starts);
  for (const id of found) for (const edge of edges.get(id) ?? []) found.add(edge[end]);
  return found;
}

/** The paths that lead through nodes: who comes to them, and where they lead. A scope has the access of those above it. */
export function pathsThrough({ nodes, out, into }, starts) {
  const withAbove = new Set(starts);
  for (const id of withAbove) {
    const { parent } = nodes.get(id)?.column === 3 ? nodes.get(id).item : {};
    if (parent !== undefined) withAbove.add(`s:${parent}`);
  }
  return new Set([...reachFrom(into, 'from', withAbove), ...reachFrom(out, 'to', starts)]);
}

/** The nodes whose texts have all words of the query; undefined for a query without words. */
function matching({ nodes }, query) {
  const words = query.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  return [...nodes.values()]
    .filter(({ text }) => words.every((word) => text.includes(word)))
    .map(({ id }) => id);
}

/**
 * What is seen: nodes by column, and edges between them. Pure.
 *
 * @param {{ query?: string, hidden?: Set<string>, expanded?: Set<string> }} wishes
 */
export function viewOf(index, { query = '', hidden = new Set(), expanded = new Set() } = {}) {
  const { nodes, out } = index;
  const matches = matching(index, query);
  const reached = matches === undefined ? new Set(nodes.keys()) : pathsThrough(index, matches);
  const isSeen = (id) => reached.has(id) && !hidden.has(nodes.get(id).kind);
  // Where a filter takes the last access of somebody, the row goes too.
  const seen = new Set([...nodes.keys()].filter(isSeen));
  const leads = new Set();
  for (const id of seen) {
    if (nodes.get(id).column !== 2) continue;
    leads.add(id);
    for (const back of reachFrom(seenEdges(index.into, seen), 'from', [id])) leads.add(back);
  }
  const named = new Set(matches ?? []);
  const rows = [...seen].filter((id) => nodes.get(id).column < 2 && (leads.has(id) || named.has(id)));
  const accesses = [...seen].filter(
    (id) => nodes.get(id).column === 2 && hasHolder(index, id, new Set(rows)),
  );
  const scopes = scopesOf(index, accesses, named);
  const bundles = bundled(index, rows, new Set([...rows, ...accesses]), named, expanded);
  const standIn = new Map(bundles.flatMap(({ id, ids }) => ids.map((one) => [one, id])));
  const shown = new Set([...rows, ...accesses, ...scopes]);
  const edges = new Map();
  for (const id of shown) {
    for (const edge of out.get(id) ?? []) {
      if (!shown.has(edge.to)) continue;
      const one = { ...edge, from: standIn.get(edge.from) ?? edge.from };
      edges.set(`${one.from} ${one.to} ${one.kind}`, one);
    }
  }
  const single = [...shown].filter((id) => !standIn.has(id)).map((id) => nodes.get(id));
  return {
    nodes: [...single, ...bundles],
    edges: [...edges.values()],
    seen: shown,
    matches: named,
  };
}

function seenEdges(edges, seen) {
  return { get: (id) => edges.get(id)?.filter(({ from }) => seen.has(from)) };
}

function hasHolder({ into }, id, rows) {
  return (into.get(id) ?? []).some(({ from }) => rows.has(from));
}

/** Scopes of what is seen, and those above them. */
function scopesOf({ nodes, out }, accesses, named) {
  const found = new Set([...named].filter((id) => nodes.get(id).column === 3));
  for (const id of accesses) for (const { to } of out.get(id) ?? []) found.add(to);
  for (const id of found) {
    const { parent } = nodes.get(id).item;
    if (parent !== undefined && nodes.has(`s:${parent}`)) found.add(`s:${parent}`);
  }
  return [...nodes.keys()].filter((id) => found.has(id));
}

/** Principals of a kind that all have the same, and what is beyond the most that is drawn. */
function bundled({ nodes, out }, rows, shown, named, expanded) {
  const alike = new Map();
  for (const id of rows) {
    const { column, kind } = nodes.get(id);
    if (column !== 0 || named.has(id)) continue;
    const targets = (out.get(id) ?? [])
      .filter(({ to }) => shown.has(to))
      .map((edge) => `${edge.kind} ${edge.to}`);
    const key = `b:${kind} ${targets.toSorted().join('|')}`;
    alike.set(key, [...(alike.get(key) ?? []), id]);
  }
  const bundles = [...alike]
    .filter(([key, ids]) => ids.length >= BUNDLE_FROM && !expanded.has(key))
    .map(([id, ids]) => ({ id, ids, column: 0, kind: nodes.get(ids[0]).kind, isBundle: true }));
  const inside = new Set(bundles.flatMap(({ ids }) => ids));
  for (const column of [0, 1]) {
    const left = rows.filter((id) => nodes.get(id).column === column && !inside.has(id));
    const first = [...left.filter((id) => named.has(id)), ...left.filter((id) => !named.has(id))];
    const rest = first.slice(MOST_ROWS);
    if (rest.length > 0)
      bundles.push({
        id: `b:rest ${column}`,
        ids: rest,
        column,
        kind: 'others',
        isBundle: true,
        isRest: true,
      });
  }
  return bundles;
}
