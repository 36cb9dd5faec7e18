import { h, name } from './dom.js';
import { SIGNS } from './draw.js';

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
    ids.length === 0
      ? []
      : [
          h('h3', {}, `${title} (${ids.length})`),
          h(
            'ul.links',
            {},
            some(ids).map((id) => h('li', {}, link(id))),
            rest(ids, texts),
          ),
        ];
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

function accessDetails(node, { index, texts, link }) {
  const { item, id } = node;
  const why =
    item.kind === 'escalation' ? texts[`why${item.step[0].toUpperCase()}${item.step.slice(1)}`] : undefined;
  const scope = index.nodes.get(`s:${item.scope}`);
  return [
    head(item.title, node, texts),
    why === undefined ? [] : h('p.why', {}, why),
    scope === undefined
      ? []
      : facts([
          [texts.where, link(scope.id)],
          [texts.scope, code(scope.item.path)],
        ]),
    item.condition === undefined
      ? []
      : [h('h3', {}, texts.condition), h('pre', { tabindex: 0 }, item.condition)],
    (item.ways ?? []).length === 0
      ? []
      : [
          h('h3', {}, texts.needs),
          h(
            'ol.ways',
            {},
            some(item.ways).map((needs) =>
              h(
                'li',
                {},
                needs.map((need) => h('div', {}, code(need.action), ' ', h('small', {}, name(need.scope)))),
              ),
            ),
          ),
        ],
    h('h3', {}, `${texts.holders} (${item.holders.length})`),
    h(
      'ul.links',
      {},
      some(item.holders).map((holder) =>
        h(
          'li',
          {},
          link(`p:${holder.principal}`),
          holder.role === undefined ? [] : h('small', {}, `${texts.firstRole}: `, name(holder.role)),
          holder.isCertain === false ? h('small', {}, texts.uncertain) : [],
          holder.assignment === undefined
            ? []
            : h('small', {}, `${texts.assignment}: `, code(holder.assignment)),
        ),
      ),
      rest(item.holders, texts),
    ),
    (item.except ?? []).length === 0
      ? []
      : [
          h('h3', {}, texts.except),
          h(
            'ul.links',
            {},
            some(item.except).map((one) =>
              h('li', {}, index.nodes.has(`p:${one}`) ? link(`p:${one}`) : code(one)),
            ),
          ),
        ],
    h('span', { hidden: true }, id),
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

function head(title, { kind }, texts) {
  return [
    h(
      'p.kind',
      {},
      h(`span.icon.${kind}`, { 'aria-hidden': 'true' }, SIGNS[kind] ?? ''),
      ` ${texts[kind] ?? ''}`,
    ),
    h('h2', {}, name(title)),
  ];
}

function facts(entries) {
  return h(
    'dl',
    {},
    entries
      .filter(([, value]) => value !== undefined)
      .map(([term, value]) => [h('dt', {}, term), h('dd', {}, value)]),
  );
}

function code(text) {
  return h('code', {}, name(text));
}

/** More than this nobody reads; the search finds the others. */
const MOST = 100;

function some(items) {
  return items.slice(0, MOST);
}

function rest(items, texts) {
  return items.length <= MOST ? [] : h('li', {}, texts.more.replace('{count}', items.length - MOST));
}
