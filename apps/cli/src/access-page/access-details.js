import { h, name } from './dom.js';
import { assignmentNames, code, facts, head, listed, some } from './parts.js';

/** What is known about a role assignment, a refusal, or a way to more. */
export function accessDetails(node, { index, texts, link }) {
  const { item } = node;
  const scope = index.nodes.get(`s:${item.scope}`);
  return [
    head(item.title, node, texts),
    item.kind === 'escalation' ? why(item, scope, { index, texts }) : [],
    scope === undefined
      ? []
      : facts([
          [texts.where, link(scope.id)],
          [texts.scope, code(scope.item.path)],
        ]),
    item.condition === undefined
      ? []
      : [h('h3', {}, texts.condition), h('pre', { tabindex: 0 }, item.condition)],
    needs(item, texts),
    item.kind === 'escalation' ? change(item, { index, texts, link }) : [],
    h('h3', {}, `${texts.holders} (${item.holders.length})`),
    listed(item.holders, texts, (holder) => [
      link(`p:${holder.principal}`),
      holder.role === undefined ? [] : h('small', {}, `${texts.firstRole}: `, name(holder.role)),
      holder.isCertain === false ? h('small', {}, texts.uncertain) : [],
      holder.assignment === undefined ? [] : h('small', {}, `${texts.assignment}: `, code(holder.assignment)),
      item.holders.length > 1 && holder.endedBy !== undefined
        ? h('small', {}, `${texts.changeHolder}: `, assignmentNames(holder.endedBy, index))
        : [],
    ]),
    (item.except ?? []).length === 0
      ? []
      : [
          h('h3', {}, texts.except),
          listed(item.except, texts, (one) => (index.nodes.has(`p:${one}`) ? link(`p:${one}`) : code(one))),
        ],
  ];
}

/** In words, with the names of who and where in it. */
function why({ step, to, scope: id }, scope, { index, texts }) {
  const text = texts[`why${step[0].toUpperCase()}${step.slice(1)}`];
  const names = {
    '{where}': scope?.item.name ?? id,
    '{to}': to?.kind === 'principal' ? index.nameOf(to.id) : (to?.id ?? ''),
  };
  return h(
    'p.why',
    {},
    text.split(/(\{\w+\})/).map((part) => (names[part] === undefined ? part : name(names[part]))),
  );
}

function needs({ ways = [] }, texts) {
  if (ways.length === 0) return [];
  return [
    h('h3', {}, ways.length === 1 ? texts.needs : texts.needsAny),
    h(
      'ol.ways',
      {},
      some(ways).map((all) =>
        h(
          'li',
          {},
          all.map((need) => h('div', {}, code(need.action), ' ', h('small', {}, name(need.scope)))),
        ),
      ),
    ),
  ];
}

/** What has to go, so that nobody has this way any more. */
function change({ step, endedBy }, { index, texts, link }) {
  if (endedBy === undefined) return [h('h3', {}, texts.change), h('p', {}, texts.changeUnknown)];
  const text = endedBy.length === 1 ? texts.changeOne : texts.changeAll.replace('{count}', endedBy.length);
  return [
    h('h3', {}, texts.change),
    h('p', {}, text),
    step === 'assignRoles' ? h('p', {}, texts.changeKeep) : [],
    listed(endedBy, texts, (id) => {
      const { access, principal } = index.assignments.get(id) ?? {};
      if (access === undefined) return code(id);
      const place = index.nodes.get(`s:${access.scope}`)?.item.name ?? access.scope;
      return [
        link(`a:${access.id}`),
        h('small', {}, name(index.nameOf(principal)), ' · ', name(place)),
        h('small', {}, code(id)),
      ];
    }),
  ];
}
