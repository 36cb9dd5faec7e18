import { h } from './dom.js';
import { SIGNS, sampleLine } from './draw.js';

/** Kinds that can be switched off, in the order of their columns. */
export const KINDS = [
  'user',
  'servicePrincipal',
  'managedIdentity',
  'device',
  'unknown',
  'everyone',
  'group',
  'role',
  'eligible',
  'deny',
  'escalation',
];

const LINES = ['membership', 'role', 'eligible', 'deny', 'escalation'];
const PLACES = ['root', 'managementGroup', 'subscription', 'resourceGroup', 'resource'];

/** Boxes that switch kinds off, and what every line, sign and card means; `sync` sets the boxes to what is hidden. */
export function legendOf({ index, texts, toggle }) {
  const present = new Set([...index.nodes.values()].map(({ kind }) => kind));
  for (const edges of index.out.values()) for (const { kind } of edges) present.add(kind);
  const boxes = new Map();
  const filters = KINDS.filter((kind) => present.has(kind)).map((kind) => {
    const box = h('input', { type: 'checkbox', checked: true, change: () => toggle(kind, !box.checked) });
    boxes.set(kind, box);
    return h('label', {}, box, sign(kind), texts[`${kind}s`]);
  });
  const part = (title, rows) =>
    h(
      'div',
      {},
      h('h2', {}, title),
      h(
        'dl',
        {},
        rows.map(([term, text]) => [h('dt', {}, term), h('dd', {}, text)]),
      ),
    );
  const key = (...names) => names.map((one) => h('kbd', {}, one));
  const fieldset = h('fieldset', {}, h('legend.hide', {}, texts.show), filters);
  const legend = h(
    'details.legend',
    {},
    h('summary', {}, texts.legend),
    h(
      'div.parts',
      {},
      part(
        texts.lines,
        LINES.filter((kind) => present.has(kind)).map((kind) => [
          sampleLine(kind),
          texts[`line${upper(kind)}`],
        ]),
      ),
      part(
        texts.places,
        PLACES.filter((kind) => present.has(kind)).map((kind) => [sign(kind), texts[kind]]),
      ),
      part(texts.cards, [
        [h('span.sample.match', {}, h('b', {}, 'Ab')), texts.cardMatch],
        [h('span.sample.bundle', {}), texts.cardBundle],
        [h('span.sample.off', {}), texts.cardOff],
      ]),
      part(texts.keys, [
        [key('/'), texts.keySearch],
        [key('Enter'), texts.keyEnter],
        [key('↑', '↓', '←', '→'), texts.keyArrows],
        [key('Esc'), texts.keyEscape],
      ]),
      h('p', {}, texts.addressNote),
    ),
  );
  const sync = (hidden) => {
    for (const [kind, box] of boxes) box.checked = !hidden.has(kind);
  };
  return { fieldset, legend, sync };
}

function sign(kind) {
  return h(`span.icon.${kind}`, { 'aria-hidden': 'true' }, SIGNS[kind]);
}

function upper(text) {
  return `${text[0].toUpperCase()}${text.slice(1)}`;
}
