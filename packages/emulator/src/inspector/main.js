import { get } from './api.js';
import { showDevices, startControls } from './controls.js';
import { showAccess, showDirectory } from './directory-view.js';
import { byId, toast } from './dom.js';
import { clockTime, dateTime } from './format.js';
import { showNothing, showRequest } from './request-detail.js';
import { startRequestList } from './request-list.js';
import { showSignIns } from './sign-in-view.js';

/** How often the state is looked at while the page is seen, in milliseconds. */
const PERIOD_MS = 3000;

const tabs = [...document.querySelectorAll('[role=tab]')];
let state;
let stateAt = 0;

/** The emulator's time, as far as it is known here. */
function now() {
  if (state === undefined) return Date.now();
  return state.clock.now + (performance.now() - stateAt) * state.clock.rate;
}

async function refresh() {
  state = await get('state');
  stateAt = performance.now();
  byId('origin').textContent = state.origin.replace('https://', '');
  setCount('device-count', state.deviceCodes);
  setCount('fault-count', state.faults.length);
  const { mode, rate } = state.clock;
  const chip = byId('clock-mode');
  chip.hidden = mode === 'real';
  chip.textContent = mode === 'scaled' ? `× ${rate}` : mode;
  showTime();
  controls.show(state);
  if (current() === 'devices') await showDevices(refresh);
  if (current() === 'signins') await showSignIns();
}

function setCount(id, count) {
  byId(id).hidden = count === 0;
  byId(id).textContent = count;
}

function showTime() {
  byId('clock-time').textContent = clockTime(now());
  byId('clock-time').title = dateTime(now());
  const large = byId('clock-now');
  if (large !== null) large.textContent = dateTime(now());
}

function current() {
  return tabs.find((tab) => tab.getAttribute('aria-selected') === 'true')?.id.replace('tab-', '');
}

const SHOW = {
  requests: () => undefined,
  signins: showSignIns,
  directory: showDirectory,
  access: showAccess,
  devices: () => showDevices(refresh),
  controls: () => undefined,
};

async function open(name) {
  const known = Object.hasOwn(SHOW, name) ? name : 'requests';
  for (const tab of tabs) {
    const isThis = tab.id === `tab-${known}`;
    tab.setAttribute('aria-selected', String(isThis));
    tab.tabIndex = isThis ? 0 : -1;
    byId(tab.getAttribute('aria-controls')).hidden = !isThis;
  }
  await SHOW[known]();
}

function openByHash() {
  const [name, sequence] = location.hash.slice(1).split('/');
  open(name).catch((error) => toast(error.message));
  if (name === 'requests' && sequence !== undefined) {
    showRequest(Number(sequence), now).catch((error) => toast(error.message));
  }
}

for (const [index, tab] of tabs.entries()) {
  tab.addEventListener('click', () => (location.hash = tab.id.replace('tab-', '')));
  tab.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step === undefined ? undefined : tabs[(index + step + tabs.length) % tabs.length];
    next?.focus();
    next?.click();
  });
}
document.addEventListener('keydown', (event) => {
  const isTyping = /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key === '/' && !isTyping) {
    event.preventDefault();
    location.hash = 'requests';
    byId('filter').focus();
  }
  if (event.key === 'Escape' && event.target === byId('filter')) byId('rows').focus();
});

const controls = startControls({ refresh, now });
showNothing();
window.addEventListener('hashchange', openByHash);

let refreshing = false;
/** One look at the state for many requests at once. */
function refreshSoon() {
  if (refreshing || document.hidden) return;
  refreshing = true;
  setTimeout(() => {
    refreshing = false;
    refresh().catch(() => undefined);
  }, 300);
}

try {
  await refresh();
  const list = await startRequestList({
    onSelect: (sequence) => {
      history.replaceState(null, '', `#requests/${sequence}`);
      showRequest(sequence, now).catch((error) => toast(error.message));
    },
    onRequest: refreshSoon,
  });
  const [name, sequence] = location.hash.slice(1).split('/');
  if (name === 'requests' && sequence !== undefined) list.select(Number(sequence));
  else openByHash();
} catch (error) {
  toast(`The emulator does not answer: ${error.message}`);
}
setInterval(showTime, 1000);
setInterval(refreshSoon, PERIOD_MS);
