import { get, remove, subscribe } from './api.js';
import { byId, h, toast } from './dom.js';
import { clockTime, duration, matches, serviceName, shortPath, statusKind } from './format.js';

/** Most rows on the page; a filter finds the others. */
const MOST_ROWS = 300;

/**
 * The list of requests, which grows by itself.
 *
 * @param {{ onSelect: (sequence: number) => void, onRequest: () => void }} listener
 */
export async function startRequestList({ onSelect, onRequest }) {
  let requests = [];
  let selected;
  let waiting = false;
  const place = byId('rows');
  const [filter, service, onlyErrors] = ['filter', 'service', 'only-errors'].map(byId);

  const isShown = (summary) =>
    (service.value === '' || summary.service === service.value) &&
    (!onlyErrors.checked || summary.status >= 400) &&
    matches(summary, filter.value.trim());

  function render() {
    waiting = false;
    const shown = requests.filter(isShown);
    const rows = shown.slice(-MOST_ROWS).reverse();
    place.replaceChildren(...rows.map((summary) => row(summary, summary.sequence === selected)));
    const current = document.getElementById(`request-${selected}`);
    if (current === null) place.removeAttribute('aria-activedescendant');
    else place.setAttribute('aria-activedescendant', current.id);
    byId('list-hint').textContent = hint(requests.length, shown.length);
  }

  /** Many requests at once make one rendering. */
  function renderSoon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(render);
  }

  function select(sequence) {
    selected = sequence;
    render();
    document.getElementById(`request-${sequence}`)?.scrollIntoView({ block: 'nearest' });
    onSelect(sequence);
  }

  place.addEventListener('click', (event) => {
    const target = event.target.closest('[data-sequence]');
    if (target !== null) select(Number(target.dataset.sequence));
  });
  place.addEventListener('keydown', (event) => {
    const rows = [...place.children].map((child) => Number(child.dataset.sequence));
    const at = rows.indexOf(selected);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (next === undefined || rows[next] === undefined) return;
    event.preventDefault();
    select(rows[next]);
  });
  for (const input of [filter, service, onlyErrors]) input.addEventListener('input', render);
  byId('clear').addEventListener('click', async () => {
    await remove('requests').catch((error) => toast(error.message));
    requests = [];
    render();
  });

  const known = await get('requests');
  requests = known.value;
  render();
  subscribe(known.last, {
    state(state) {
      const live = byId('live');
      live.dataset.state = state;
      live.textContent = state === 'live' ? 'Live' : 'Not connected';
    },
    request(summary) {
      requests = [...requests.slice(-999), summary];
      renderSoon();
      onRequest();
    },
  });
  return { select };
}

function hint(all, shown) {
  if (all === 0) return 'Nothing has been asked yet. Requests show up here as they come.';
  if (shown === 0) return 'No request matches the filter.';
  return shown > MOST_ROWS ? `The latest ${MOST_ROWS} of ${shown} requests.` : `${shown} of ${all} requests`;
}

function row(summary, isSelected) {
  const { sequence, at, durationMs, method, path, status, service, caller, errorCode, fault } = summary;
  const [head, tail] = shortPath(path);
  return h(
    'div.row',
    {
      id: `request-${sequence}`,
      role: 'option',
      'aria-selected': String(isSelected),
      'data-sequence': sequence,
    },
    h(`span.status.${statusKind(status)}`, {}, status),
    h(
      'span.what',
      {},
      h(
        'span.line',
        {},
        h('span.method', {}, method),
        h('span.path', { title: path }, h('span.head', {}, head), h('span.tail', {}, tail)),
      ),
      h(
        'span.line.sub',
        {},
        h('span.service', {}, serviceName(service)),
        caller === undefined ? null : h('span.caller', {}, caller),
        errorCode === undefined ? null : h('span.error', {}, errorCode),
        fault === undefined ? null : h('span.fault', {}, fault),
      ),
    ),
    h('span.when', {}, h('time', {}, clockTime(at)), h('span', {}, duration(durationMs))),
  );
}
