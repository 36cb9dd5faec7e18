import { h, name } from './dom.js';
import { SIGNS } from './draw.js';

/** What something is, and its name. */
export function head(title, { kind }, texts) {
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

/** Terms and what they are; those of which nothing is known are left out. */
export function facts(entries) {
  return h(
    'dl',
    {},
    entries
      .filter(([, value]) => value !== undefined)
      .map(([term, value]) => [h('dt', {}, term), h('dd', {}, value)]),
  );
}

/** An id, which breaks at its slashes where it has to. */
export function code(text) {
  return h(
    'code',
    {},
    h(
      'bdi',
      {},
      text.split(/(?<=\/)/).map((part, at) => [at === 0 ? '' : h('wbr'), part]),
    ),
  );
}

/** More than this nobody reads; the search finds the others. */
const MOST = 100;

/** As many as anybody reads. */
export function some(items) {
  return items.slice(0, MOST);
}

/** A list of as many as anybody reads, and the number of the others. */
export function listed(items, texts, show) {
  return h(
    'ul.links',
    {},
    some(items).map((item) => h('li', {}, show(item))),
    items.length <= MOST ? [] : h('li', {}, texts.more.replace('{count}', items.length - MOST)),
  );
}

/** Assignments by role, holder and place. */
export function assignmentNames(ids, { assignments, nodes, nameOf }) {
  return ids.flatMap((id, at) => {
    const { access, principal } = assignments.get(id) ?? {};
    if (access === undefined) return [at === 0 ? '' : '; ', name(id)];
    const place = nodes.get(`s:${access.scope}`)?.item.name ?? access.scope;
    return [at === 0 ? '' : '; ', name(access.title), ' · ', name(nameOf(principal)), ' · ', name(place)];
  });
}
