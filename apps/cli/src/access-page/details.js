import { accessDetails } from './access-details.js';
import { h, name } from './dom.js';
import { SIGNS } from './draw.js';
import { code, facts, head, listed } from './parts.js';

/** Every way from a principal to an access: the groups on it. */
function chainsTo({ out }, from, to) {
  const chains = [];
  const walk = (id, groups) => {
    for (const edge of out.get(id) ?? []) {
      if (edge.to === to) chains.push(groups);
      else if (edge.kind === 'membership' && !groups.includes(edge.to)) walk(edge.to, [...groups, edge.to]);
    }
  };
  walk(from, []);
  return chains;
}

/** What is known about a node. */
export function detailsOf(node, { index, texts, choose, open }) {
  const link = (id) => {
    const other = index.nodes.get(id);
    const label = other.item.title ?? other.item.name;
    return h(
      'button.link',
      { type: 'button', click: () => choose(other) },
      h('span.icon', { 'aria-hidden': 'true' }, SIGNS[other.kind] ?? ''),
      name(label),
    );
  };
  const list = (title, ids) =>
    ids.length === 0 ? [] : [h('h3', {}, `${title} (${ids.length})`), listed(ids, texts, link)];
  if (node.isBundle) {
    return [
      head(
        texts.bundle.replace('{count}', node.ids.length).replace('{kind}', texts[`${node.kind}s`]),
        node,
        texts,
      ),
      node.isRest ? [] : h('button', { type: 'button', click: () => open(node.id) }, texts.expand),
      list(texts.members, node.ids),
    ];
  }
  const { item, column, id } = node;
  if (column === 2) return accessDetails(node, { index, texts, link });
  if (column === 3) {
    const above = [];
    for (let parent = item.parent; parent !== undefined; parent = index.nodes.get(`s:${parent}`)?.item.parent)
      above.push(`s:${parent}`);
    const at = (scope) => (index.into.get(scope) ?? []).map(({ from }) => from);
    return [
      head(item.name, node, texts),
      facts([
        [texts.kind, item.type ?? texts[node.kind]],
        [texts.scope, code(item.path)],
      ]),
      list(texts.accessHere, at(id)),
      list(texts.accessAbove, above.flatMap(at)),
    ];
  }
  const reached = [...pathAccesses(index, id)];
  const ways = (kind) => reached.filter((one) => index.nodes.get(one).kind === kind);
  return [
    head(item.name, node, texts),
    facts([
      [texts.kind, texts[node.kind]],
      [texts.detail, item.detail && code(item.detail)],
      [texts.objectId, code(item.id)],
    ]),
    ['escalation', 'deny', 'role', 'eligible'].map((kind) =>
      ways(kind).length === 0
        ? []
        : [
            h('h3', {}, texts[`${kind}s`]),
            h(
              'ul.links',
              {},
              ways(kind).map((access) => {
                const { scope, ...rest } = index.nodes.get(access).item;
                const by = chainsTo(index, id, access).map((groups) =>
                  groups.length === 0
                    ? texts.direct
                    : `${texts.through} ${groups.map((group) => index.nodes.get(group).item.name).join(' › ')}`,
                );
                const at = index.nodes.get(`s:${scope}`)?.item.name ?? scope;
                return h(
                  'li',
                  {},
                  link(access),
                  h(
                    'small',
                    {},
                    name(at),
                    ' · ',
                    name([...new Set(by)].join(', ')),
                    rest.condition === undefined ? '' : ` · ${texts.condition}`,
                  ),
                );
              }),
            ),
          ],
    ),
    list(
      texts.memberOf,
      (index.out.get(id) ?? []).filter(({ kind }) => kind === 'membership').map(({ to }) => to),
    ),
    list(
      texts.members,
      (index.into.get(id) ?? []).map(({ from }) => from),
    ),
  ];
}

/** What a principal has, itself and by groups. */
function pathAccesses(index, id) {
  const found = new Set([id]);
  const accesses = new Set();
  for (const one of found)
    for (const { to, kind } of index.out.get(one) ?? []) (kind === 'membership' ? found : accesses).add(to);
  return accesses;
}
