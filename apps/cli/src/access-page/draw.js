import { h, name } from './dom.js';
import { makeReachable } from './keys.js';
import { leftOf } from './layout.js';

const SVG = 'http://www.w3.org/2000/svg';

/** Draws edges below and a button for each node above them. */
export function drawGraph(place, { view, layout, texts, chosen, chain, choose }) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('width', layout.width);
  svg.setAttribute('height', layout.height);
  svg.setAttribute('aria-hidden', 'true');
  for (const { from, to, kind, path } of layout.lines) {
    const line = document.createElementNS(SVG, 'path');
    const isLit = chain !== undefined && chain.has(from) && chain.has(to);
    line.setAttribute('d', path);
    line.setAttribute('class', `edge ${kind}${isLit ? ' lit' : ''}`);
    if (isLit) svg.append(line);
    else svg.prepend(line);
  }
  const byPlace = view.nodes.toSorted((one, other) => {
    const [a, b] = [layout.boxes.get(one.id), layout.boxes.get(other.id)];
    return one.column - other.column || a.y - b.y;
  });
  const columns = texts.columns.map((title, column) =>
    h(
      'ul',
      { 'aria-label': title },
      byPlace.filter((node) => node.column === column).map((node) => card(node)),
    ),
  );
  for (const list of columns) {
    const reached = list.querySelector('[aria-pressed="true"]') ?? list.querySelector('button');
    if (reached !== null) makeReachable(reached);
  }
  place.replaceChildren(
    h(
      'div.heads',
      { 'aria-hidden': 'true' },
      texts.columns.map((title, column) => {
        const head = h('span', {}, title);
        head.style.left = `${leftOf(column, layout.sizes)}px`;
        head.style.width = `${layout.sizes.widths[column]}px`;
        return head;
      }),
    ),
    h('div.stage', {}, svg, columns),
  );
  const stage = place.lastChild;
  stage.style.width = `${layout.width}px`;
  stage.style.height = `${layout.height}px`;
  place.firstChild.style.width = `${layout.width}px`;

  function card(node) {
    const { id, kind } = node;
    const { x, y, width, height } = layout.boxes.get(id);
    const isOff = chain !== undefined && !chain.has(id);
    const button = h(
      `button.node.${kind}`,
      {
        type: 'button',
        title: node.item?.title ?? node.item?.name,
        'data-id': id,
        'aria-pressed': String(chosen === id),
        focus: () => makeReachable(button),
        click: () => choose(node),
      },
      h('span.icon', { 'aria-hidden': 'true' }, SIGNS[kind] ?? ''),
      h('span.words', {}, words(node, texts)),
    );
    if (isOff) button.classList.add('off');
    if (node.isBundle) button.classList.add('bundle');
    if (view.matches.has(id)) button.classList.add('match');
    const item = h('li', {}, button);
    Object.assign(item.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
    return item;
  }
}

/** A piece of a line of a kind, for the legend. */
export function sampleLine(kind) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'sample-line');
  svg.setAttribute('viewBox', '0 0 44 8');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', 'M0 4H44');
  line.setAttribute('class', `edge lit ${kind}`);
  svg.append(line);
  return svg;
}

/** Shapes beside the words: colours alone tell nothing to those who do not see them. */
export const SIGNS = {
  user: '●',
  group: '◉',
  servicePrincipal: '◆',
  managedIdentity: '◈',
  device: '▣',
  everyone: '✱',
  unknown: '○',
  others: '…',
  role: '✓',
  eligible: '◷',
  deny: '✕',
  escalation: '▲',
  root: '∕',
  managementGroup: '⌂',
  subscription: '▤',
  resourceGroup: '▢',
  resource: '▪',
};

function words(node, texts) {
  const { kind, item, ids } = node;
  if (node.isBundle) {
    const count = ids.length;
    const text = node.isRest ? texts.more : texts.bundle;
    const title = text.replace('{count}', count).replace('{kind}', texts[`${kind}s`]);
    return [h('b', {}, title), h('small', {}, texts.expand)];
  }
  if (node.column === 2) {
    const tags = [
      texts[kind],
      item.condition !== undefined && texts.condition,
      item.isCustom && texts.custom,
      kind === 'escalation' && item.holders.every(({ isCertain }) => !isCertain) && texts.uncertain,
    ].filter(Boolean);
    return [h('b', {}, name(item.title)), h('small', {}, tags.join(' · '))];
  }
  const more = node.column === 3 ? (item.type ?? texts[kind]) : (item.detail ?? texts[kind]);
  return [h('b', {}, name(item.name)), h('small', {}, name(more))];
}
