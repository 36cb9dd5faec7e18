import { get, post, remove } from './api.js';
import { byId, h, toast } from './dom.js';
import { dateTime } from './format.js';

const STEPS = [
  ['5m', '+5 min'],
  ['1h', '+1 h'],
  ['1d', '+1 day'],
  ['90d', '+90 days'],
];

const PRESETS = [
  ['429', 'Too many requests', 'Everything answers 429 with Retry-After.'],
  ['estsOutage', 'Entra ID is down', 'The token service answers 503, AADSTS90033.'],
  ['imdsSlowStart', 'Slow start of IMDS', 'The first 3 requests to the metadata service find nothing.'],
  ['armThrottle', 'Resource Manager throttles', 'Calls below a subscription answer 429.'],
  ['graphReplication', 'Directory lags', 'What Graph writes is seen 30 s later, by the clock.'],
  ['slow_down', 'Device polls too fast', 'The next poll of a device gets slow_down.'],
];

const EXAMPLE = `{
  "match": { "path": "/subscriptions/**", "method": "GET", "nth": 2 },
  "do": { "status": 503, "headers": { "retry-after": "1" } },
  "times": 1
}`;

/** Does something, says where it failed, and shows the result. */
async function act(work, refresh) {
  try {
    await work();
  } catch (error) {
    toast(error.message);
  }
  await refresh();
}

/**
 * Clock and faults.
 *
 * @param {{ refresh: () => Promise<void>, now: () => number }} page
 */
export function startControls({ refresh, now }) {
  const faults = h('div.faults', { id: 'faults' });
  byId('view-controls').replaceChildren(clockCard(refresh, now), faultCard(refresh, faults));
  return {
    show(state) {
      byId('clock-now').textContent = dateTime(now());
      byId('clock-state').textContent = describeClock(state.clock);
      const isFrozen = state.clock.mode === 'frozen';
      byId('freeze').textContent = isFrozen ? 'Resume' : 'Freeze';
      byId('freeze').dataset.action = isFrozen ? 'resume' : 'freeze';
      faults.replaceChildren(...faultRows(state.faults, refresh));
    },
  };
}

function describeClock({ mode, rate, offset }) {
  if (mode === 'frozen') return 'stands still';
  if (mode === 'scaled') return `goes ${rate} times as fast`;
  if (mode === 'real') return 'as the machine';
  return offset > 0 ? 'ahead of the machine' : 'behind the machine';
}

function clockCard(refresh, now) {
  const change = (body) => () => act(() => post('clock', body), refresh);
  const time = h('input', { type: 'datetime-local', step: '1', 'aria-label': 'Time in UTC' });
  const rate = h('input', { type: 'number', min: '0.1', step: 'any', value: '60', 'aria-label': 'Rate' });
  const freeze = h('button', { type: 'button', id: 'freeze' }, 'Freeze');
  freeze.addEventListener('click', () =>
    act(() => post('clock', { action: freeze.dataset.action }), refresh),
  );
  return h(
    'article.card',
    {},
    h('h2', {}, 'Clock'),
    h('p.big', {}, h('time', { id: 'clock-now' }, dateTime(now())), h('span.chip', { id: 'clock-state' })),
    h(
      'div.buttons',
      {},
      STEPS.map(([step, text]) => h('button', { type: 'button', click: change({ advance: step }) }, text)),
      freeze,
      h('button.quiet', { type: 'button', click: change({ action: 'reset' }) }, 'Back to the machine'),
    ),
    h(
      'form.inline',
      {
        submit: (event) => {
          event.preventDefault();
          act(() => post('clock', { set: `${time.value}Z` }), refresh);
        },
      },
      time,
      h('button', {}, 'Set (UTC)'),
    ),
    h(
      'form.inline',
      {
        submit: (event) => {
          event.preventDefault();
          act(() => post('clock', { rate: Number(rate.value) }), refresh);
        },
      },
      rate,
      h('button', {}, 'Set the rate'),
    ),
    h(
      'p.note',
      {},
      'Only the clock of the emulator moves. A client keeps a token until its own clock says that it has expired.',
    ),
  );
}

function faultCard(refresh, faults) {
  const text = h('textarea', { rows: '5', spellcheck: 'false', 'aria-label': 'Fault as JSON' });
  text.value = EXAMPLE;
  const add = async () => {
    await post('faults', JSON.parse(text.value));
  };
  return h(
    'article.card',
    {},
    h('h2', {}, 'Faults'),
    h('p', {}, 'The first one that matches a request happens.'),
    faults,
    h('h3', {}, 'Add a usual one'),
    h(
      'div.presets',
      {},
      PRESETS.map(([preset, title, what]) =>
        h(
          'button.preset',
          {
            type: 'button',
            'data-preset': preset,
            click: () => act(() => post('faults', { preset }), refresh),
          },
          h('strong', {}, title),
          h('span', {}, what),
        ),
      ),
    ),
    h('h3', {}, 'Add one of your own'),
    h(
      'form',
      {
        submit: (event) => {
          event.preventDefault();
          act(add, refresh);
        },
      },
      text,
      h('button', { id: 'add-fault' }, 'Add the fault'),
    ),
  );
}

function faultRows(faults, refresh) {
  if (faults.length === 0) return [h('p.none', {}, 'Nothing goes wrong.')];
  const rows = faults.map(({ id, match, do: action, times, hits }) =>
    h(
      'div.fault-row',
      { 'data-spent': times !== undefined && hits >= times },
      h('code', {}, id),
      h('code.long', {}, `${JSON.stringify(match ?? {})} → ${JSON.stringify(action)}`),
      h('span.hits', {}, times === undefined ? `${hits} times` : `${hits} of ${times}`),
      h(
        'button.quiet',
        {
          type: 'button',
          'aria-label': `Remove ${id}`,
          click: () => act(() => remove(`faults/${id}`), refresh),
        },
        'Remove',
      ),
    ),
  );
  return [
    ...rows,
    h('button.quiet', { type: 'button', click: () => act(() => remove('faults'), refresh) }, 'Remove all'),
  ];
}

/**
 * Devices that wait.
 *
 * @param {() => Promise<void>} refresh
 */
export async function showDevices(refresh) {
  const [{ value }, { value: tenants }] = await Promise.all([get('device-codes'), get('directory')]);
  const users = tenants.flatMap((tenant) => tenant.users.filter(({ canSignIn }) => canSignIn));
  byId('view-devices').replaceChildren(
    h(
      'article.card',
      {},
      h('h2', {}, 'Devices that wait', h('span.count', {}, value.length)),
      value.length === 0
        ? h('p.none', {}, 'No device waits. A code shows up here when a client starts the device code flow.')
        : value.map((device) => deviceRow(device, users, refresh)),
    ),
  );
}

function deviceRow({ userCode, application, scope, expiresAt }, users, refresh) {
  const upn = h(
    'select',
    { 'aria-label': `User for ${userCode}` },
    users.map(({ userPrincipalName }) => h('option', {}, userPrincipalName)),
  );
  const decide = (body) => () => act(() => post(`device-codes/${userCode}`, body()), refresh);
  return h(
    'div.device',
    {},
    h(
      'div',
      {},
      h('p.user-code', {}, userCode),
      h('p.note', {}, `${application}, ${scope}, until ${expiresAt.slice(11, 19)} UTC`),
    ),
    h(
      'div.buttons',
      {},
      upn,
      h(
        'button.main',
        { type: 'button', click: decide(() => ({ action: 'approve', upn: upn.value })) },
        'Approve',
      ),
      h('button', { type: 'button', click: decide(() => ({ action: 'decline' })) }, 'Decline'),
      h('button.quiet', { type: 'button', click: decide(() => ({ action: 'slow_down' })) }, 'Slow down'),
    ),
  );
}
