import { detailsOf } from './details.js';
import { h, name } from './dom.js';
import { drawGraph } from './draw.js';
import { listenToKeys } from './keys.js';
import { layoutOf, sizesFor } from './layout.js';
import { KINDS, legendOf } from './legend.js';
import { hashOf, stateOf } from './link.js';
import { overviewOf } from './overview.js';
import { drawTable, tableRows } from './table.js';
import { indexGraph, pathsThrough, viewOf } from './view.js';

const { graph, texts } = JSON.parse(document.getElementById('data').textContent);
const language = document.documentElement.lang;
const index = indexGraph(graph, texts);
const isNarrow = matchMedia('(max-width: 40rem)');
const isSmall = matchMedia('(max-width: 60rem)');
const usual = { mode: isNarrow.matches ? 'table' : 'graph' };
const state = { ...restored(), expanded: new Set(), isOverview: false };
let written = location.hash;

const search = h('input', {
  type: 'search',
  id: 'search',
  placeholder: texts.searchHint,
  autocomplete: 'off',
  spellcheck: 'false',
  'aria-describedby': 'counts',
  input: () => {
    state.query = search.value;
    show();
  },
});
const { fieldset, legend, sync } = legendOf({
  index,
  texts,
  toggle: (kind, isHidden) => {
    if (isHidden) state.hidden.add(kind);
    else state.hidden.delete(kind);
    show();
  },
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
const counts = h('p.counts', { role: 'status', id: 'counts' });
const waysCount = [...index.nodes.values()].filter(({ kind }) => kind === 'escalation').length;
const overviewButton = h(
  'button.link.escalation.to-overview',
  {
    type: 'button',
    click: () => {
      state.isOverview = true;
      state.chosen = undefined;
      show();
      panel.focus();
    },
  },
  `▲ ${texts.escalations}: ${waysCount}`,
);
const stage = h('div.graph', { role: 'region', 'aria-label': texts.graph, tabindex: 0 });
const table = h('div.table', { role: 'region', 'aria-label': texts.table, tabindex: 0 });
const nothing = h('p.nothing');
const panel = h('aside', { 'aria-label': texts.details, tabindex: -1 });
const printed = h('div.printed');
const asked = graph.asked.map((id) => index.nodes.get(`s:${id}`)?.item.name ?? id);
document.title = [texts.title, ...asked.slice(0, 1)].join(' · ');

document.getElementById('app').append(
  h(
    'header',
    {},
    h('h1', {}, texts.title),
    h(
      'p.when',
      {},
      asked.slice(0, 3).map((one) => [h('b', {}, name(one)), ' · ']),
      time(graph.collectedAt),
    ),
    h('label.search', { for: 'search' }, h('span.hide', {}, texts.search), search),
    h('div.modes', { role: 'group', 'aria-label': texts.views }, modes),
    fieldset,
    counts,
    waysCount === 0 ? '' : overviewButton,
    legend,
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
  printed,
  h('div.body', {}, h('div.main', {}, stage, table, nothing), panel),
);
listenToKeys({ search, back, enter });
addEventListener('beforeprint', () => {
  fillTable(viewOf(index, state));
  for (const part of document.querySelectorAll('.unreadable')) part.open = true;
  printed.replaceChildren(...overviewOf({ index, texts, choose }).flat(4));
});
addEventListener('afterprint', () => {
  printed.replaceChildren();
  show();
});
addEventListener('resize', () => {
  if (state.mode === 'graph') show();
  else showPanel();
});
addEventListener('hashchange', () => {
  if (location.hash === written) return;
  Object.assign(state, restored());
  show();
});
show();

/** What the address asks for. */
function restored() {
  const found = stateOf(location.hash, usual, { kinds: KINDS, has: (id) => index.nodes.has(id) });
  return { ...found, chosen: index.nodes.get(found.chosen) };
}

function remember() {
  const { chosen } = state;
  const hash = hashOf({ ...state, chosen: chosen?.isBundle ? undefined : chosen?.id }, usual);
  try {
    history.replaceState(null, '', hash === '' ? location.pathname + location.search : `#${hash}`);
    written = location.hash;
  } catch {
    // Browsers refuse it where it happens too often: the next change writes it.
  }
}

function time(text) {
  const date = new Date(text);
  const [before, after] = texts.collected.split('{time}');
  const shown = Number.isNaN(date.getTime())
    ? text
    : new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(
        date,
      );
  return [before, h('time', { datetime: text }, shown), after];
}

/** Closes what is open, and clears the search after that. */
function back() {
  if (state.chosen !== undefined || state.isOverview) close();
  else if (state.query !== '') {
    state.query = '';
    show();
  }
}

function close() {
  const from = state.chosen?.id;
  state.isOverview = false;
  state.chosen = undefined;
  show(from);
}

/** From the search to the first that it found. */
function enter() {
  const place = state.mode === 'graph' ? stage.querySelector('.match') : table.querySelector('tbody .link');
  place?.focus();
  place?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function choose(node) {
  state.isOverview = false;
  state.chosen = node === undefined || state.chosen?.id === node.id ? undefined : node;
  show(node?.id);
  if (state.chosen !== undefined && isSmall.matches) panel.focus();
}

function open(id) {
  state.expanded.add(id);
  state.chosen = undefined;
  show();
}

function show(focus) {
  const view = viewOf(index, state);
  if (search.value !== state.query) search.value = state.query;
  sync(state.hidden);
  for (const button of modes) button.setAttribute('aria-pressed', String(button.dataset.mode === state.mode));
  const text = countsOf(view);
  // A status that is set again is read again.
  if (counts.textContent !== text) counts.textContent = text;
  const isEmpty = view.seen.size === 0;
  nothing.hidden = !isEmpty;
  nothing.textContent = state.query === '' && state.hidden.size === 0 ? texts.empty : texts.nothing;
  table.classList.toggle('only-print', state.mode !== 'table' || isEmpty);
  showPanel();
  showGraph(view, isEmpty);
  // Thousands of rows that nobody sees would cost time at each letter of a search.
  if (state.mode === 'table') fillTable(view);
  else table.replaceChildren();
  if (focus !== undefined)
    [...stage.querySelectorAll('button.node')]
      .find((button) => button.dataset.id === focus)
      ?.focus({ preventScroll: true });
  remember();
}

function showGraph(view, isEmpty) {
  const { chosen, mode } = state;
  stage.hidden = isEmpty || mode !== 'graph';
  if (stage.hidden) {
    stage.replaceChildren();
    return;
  }
  const starts = chosen === undefined ? [] : [chosen.id, ...(chosen.ids ?? [])];
  const chain = chosen === undefined ? undefined : new Set([...pathsThrough(index, starts), ...starts]);
  if (chain !== undefined)
    for (const { id, ids } of view.nodes) if (ids?.some((one) => chain.has(one))) chain.add(id);
  const kept = [stage.scrollLeft, stage.scrollTop];
  const { paddingInlineStart, paddingInlineEnd } = getComputedStyle(stage);
  const room =
    stage.clientWidth - Number.parseFloat(paddingInlineStart) - Number.parseFloat(paddingInlineEnd);
  const layout = layoutOf(view, index, sizesFor(room));
  drawGraph(stage, { view, layout, texts, chosen: chosen?.id, chain, choose });
  stage.scrollTo(...kept);
}

function showPanel() {
  const { chosen, isOverview } = state;
  panel.hidden = chosen === undefined && !isOverview && (isSmall.matches || graph.accesses.length === 0);
  const hasClose = chosen !== undefined || isOverview;
  panel.replaceChildren(
    hasClose ? h('button.close', { type: 'button', click: close }, texts.close) : '',
    ...(chosen === undefined
      ? overviewOf({ index, texts, choose })
      : detailsOf(chosen, { index, texts, choose, open })
    ).flat(4),
  );
  panel.scrollTop = 0;
}

/** How many there are, and how many the search found. */
function countsOf({ seen, nodes, matches }) {
  const rows = [...seen].filter((id) => id.startsWith('p:')).length;
  const others = (column) => nodes.filter((node) => node.column === column).length;
  const parts = [
    texts.principals.replace('{count}', rows),
    texts.accesses.replace('{count}', others(2)),
    texts.scopesCount.replace('{count}', others(3)),
  ];
  if (state.query.trim() === '') return parts.join(' · ');
  const off = [...matches].filter((id) => !seen.has(id)).length;
  const found = [
    texts.found.replace('{count}', matches.size),
    ...(off === 0 ? [] : [texts.foundHidden.replace('{count}', off)]),
  ].join(', ');
  return [found, ...parts].join(' · ');
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
