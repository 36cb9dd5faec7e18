const BASE = '/_emu/api/';

/** Asks the emulator; throws an error with its message where it refuses. */
async function ask(path, init = {}) {
  const response = await fetch(BASE + path, init);
  const text = await response.text();
  const body = text === '' ? undefined : JSON.parse(text);
  if (response.ok) return body;
  const { message = `Status ${response.status}`, remedy } = body?.error ?? {};
  throw new Error(remedy === undefined ? message : `${message} ${remedy}`);
}

/** The answer to a GET. */
export function get(path) {
  return ask(path);
}

/** Sends a value as JSON. */
export function post(path, value) {
  return ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  });
}

/** Removes what is there. */
export function remove(path) {
  return ask(path, { method: 'DELETE' });
}

/**
 * Hears of every request from now on. The browser connects anew by itself, and says where it was.
 *
 * @param {number} since - number of the last request that is known
 * @param {{ request: (summary: object) => void, state: (state: 'live' | 'waiting') => void }} listener
 */
export function subscribe(since, listener) {
  const source = new EventSource(`${BASE}requests/stream?since=${since}`);
  source.addEventListener('open', () => listener.state('live'));
  source.addEventListener('error', () => listener.state('waiting'));
  source.addEventListener('request', (event) => listener.request(JSON.parse(event.data)));
  return source;
}
