import { h, name } from './dom.js';
import { SIGNS } from './draw.js';
import { assignmentNames } from './parts.js';

/** What to look at first: ways to more, those that most can take first. */
export function overviewOf({ index, texts, choose }) {
  const ways = [...index.nodes.values()]
    .filter(({ kind }) => kind === 'escalation')
    .toSorted((one, other) => other.item.holders.length - one.item.holders.length);
  return [
    h('h2', {}, texts.overview),
    h('p.kind', {}, texts.nothingSelected),
    h('h3', {}, `${texts.escalations} (${ways.length})`),
    ways.length === 0
      ? h('p', {}, texts.noWays)
      : h(
          'ul.links',
          {},
          ways.map((node) => {
            const { title, scope, holders, endedBy } = node.item;
            const place = index.nodes.get(`s:${scope}`)?.item.name ?? scope;
            const [before, after] = texts.whoCan.replace('{count}', holders.length).split('{where}');
            return h(
              'li',
              {},
              h(
                'button.link.escalation',
                { type: 'button', click: () => choose(node) },
                h('span.icon', { 'aria-hidden': 'true' }, SIGNS.escalation),
                name(title),
              ),
              h('small', {}, before, name(place), after),
              h(
                'small.only-print',
                {},
                `${texts.change}: `,
                endedBy === undefined ? texts.changeUnknown : assignmentNames(endedBy, index),
              ),
            );
          }),
        ),
  ];
}
