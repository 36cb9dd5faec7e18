import { detailsOf } from './details.js';
import { h } from './dom.js';
import { drawGraph, SIGNS } from './draw.js';
import { layoutOf } from './layout.js';
import { drawTable, tableRows } from './table.js';
import { indexGraph, pathsThrough, viewOf } from './view.js';

const { graph, texts } = JSON.parse(document.getElementById('data').textContent);
const language = document.documentElement.lang;
const index = indexGraph(graph, texts);
const state = {
  query: '',
  hidden: new Set(),
  expanded: new Set(),
  chosen: undefined,
  mode: matchMedia('(max-width: 40rem)').matches ? 'table' : 'graph',
  sort: { column: 0, descending: false },
};

const kinds = [
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
const present = new Set([...index.nodes.values()].map(({ kind }) => kind));
const search = h('input', {
  type: 'search',
  id: 'search',
  placeholder: texts.searchHint,
  autocomplete: 'off',
  spellcheck: 'false',
  input: () => {
    state.query = search.value;
    show();
  },
});
const filters = kinds
  .filter((kind) => present.has(kind))
  .map((kind) => {
    const box = h('input', {
      type: 'checkbox',
      checked: true,
      change: () => {
        if (box.checked) state.hidden.delete(kind);
        else state.hidden.add(kind);
        show();
      },
    });
    return h(
      'label',
      {},
      box,
      h(`span.icon.${kind}`, { 'aria-hidden': 'true' }, SIGNS[kind]),
      texts[`${kind}s`],
    );
  });
const modes = ['graph', 'table'].map((mode) =>
  h(
    'button',
    {
      type: 'button',
      'data-mode': mode,
      click: () => {
        state.mode = mode;
        show();
      },
    },
    texts[mode],
  ),
);
const counts = h('p.counts', { role: 'status' });
const stage = h('div.graph', { role: 'region', 'aria-label': texts.graph, tabindex: 0 });
const table = h('div.table', { role: 'region', 'aria-label': texts.table, tabindex: 0 });
const nothing = h('p.nothing', {}, texts.nothing);
const panel = h('aside', { 'aria-label': texts.details, tabindex: -1 });

document.getElementById('app').append(
  h(
    'header',
    {},
    h('h1', {}, texts.title),
    h('p.when', {}, texts.collected.replace('{time}', graph.collectedAt.replace(/\.\d+Z$/, 'Z'))),
    h('label.search', { for: 'search' }, h('span.hide', {}, texts.search), search),
    h('div.modes', { role: 'group', 'aria-label': texts.views }, modes),
    h('fieldset', {}, h('legend.hide', {}, texts.show), filters),
    counts,
  ),
  graph.unreadable.length === 0
    ? ''
    : h(
        'details.unreadable',
        {},
        h('summary', {}, `${texts.unreadable} ${graph.unreadable.length}`),
        h(
          'ul',
          {},
          graph.unreadable.map((part) => h('li', {}, part)),
        ),
      ),
  h('div.body', {}, h('div.main', {}, stage, table, nothing), panel),
);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    if (state.chosen !== undefined) choose(undefined);
    else if (state.query !== '') {
      search.value = '';
      state.query = '';
      show();
    }
  } else if (event.key === '/' && document.activeElement !== search) {
    event.preventDefault();
    search.focus();
  } else if (event.key.startsWith('Arrow')) move(event);
});
addEventListener('beforeprint', () => fillTable(viewOf(index, state)));
show();

/** Up and down in a column, left and right to the nearest of the next one. */
function move(event) {
  const from = document.activeElement?.closest?.('.stage li');
  if (!from) return;
  const list = from.parentElement;
  const lists = [...list.parentElement.querySelectorAll('ul')];
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  let to;
  if (step === undefined) {
    const direction = event.key === 'ArrowRight' ? 1 : -1;
    let other = lists[lists.indexOf(list) + direction];
    while (other !== undefined && other.children.length === 0)
      other = lists[lists.indexOf(other) + direction];
    const distance = (item) => Math.abs(item.offsetTop - from.offsetTop);
    to = [...(other?.children ?? [])].toSorted((a, b) => distance(a) - distance(b))[0];
  } else to = [...list.children][[...list.children].indexOf(from) + step];
  if (to === undefined) return;
  event.preventDefault();
  to.firstChild.focus();
}

function choose(node) {
  state.chosen = node === undefined || state.chosen?.id === node.id ? undefined : node;
  show(node?.id);
  if (state.chosen !== undefined && matchMedia('(max-width: 60rem)').matches) panel.focus();
}

function open(id) {
  state.expanded.add(id);
  state.chosen = undefined;
  show();
}

function show(focus) {
  const view = viewOf(index, state);
  const { chosen } = state;
  const starts = chosen === undefined ? [] : [chosen.id, ...(chosen.ids ?? [])];
  const chain = chosen === undefined ? undefined : new Set([...pathsThrough(index, starts), ...starts]);
  if (chain !== undefined)
    for (const { id, ids } of view.nodes) if (ids?.some((one) => chain.has(one))) chain.add(id);
  for (const button of modes) button.setAttribute('aria-pressed', String(button.dataset.mode === state.mode));
  const rowsCount = [...view.seen].filter((id) => id.startsWith('p:')).length;
  const others = (column) => view.nodes.filter((node) => node.column === column).length;
  counts.textContent = [
    texts.principals.replace('{count}', rowsCount),
    texts.accesses.replace('{count}', others(2)),
    texts.scopesCount.replace('{count}', others(3)),
  ].join(' · ');
  const isEmpty = view.seen.size === 0;
  nothing.hidden = !isEmpty;
  stage.hidden = isEmpty || state.mode !== 'graph';
  table.classList.toggle('only-print', state.mode !== 'table');
  const kept = [stage.scrollLeft, stage.scrollTop];
  drawGraph(stage, { view, layout: layoutOf(view, index), texts, chosen: chosen?.id, chain, choose });
  stage.scrollTo(...kept);
  // Thousands of rows that nobody sees would cost time at each letter of a search.
  if (state.mode === 'table') fillTable(view);
  else table.replaceChildren();
  panel.hidden = chosen === undefined;
  panel.replaceChildren(
    ...(chosen === undefined
      ? []
      : [
          h('button.close', { type: 'button', click: () => choose(undefined) }, texts.close),
          ...detailsOf(chosen, { index, texts, choose, open }).flat(4),
        ]),
  );
  if (focus !== undefined)
    [...stage.querySelectorAll('button.node')]
      .find((button) => button.dataset.id === focus)
      ?.focus({ preventScroll: true });
}

function fillTable(view) {
  const rows = tableRows(index, view.seen);
  drawTable(table, { rows, sort: state.sort, texts, language, index, choose, sortBy });
}

function sortBy(column) {
  const { sort } = state;
  state.sort = { column, descending: sort.column === column && !sort.descending };
  show();
  table.querySelector(`[data-column="${column}"]`).focus();
}
