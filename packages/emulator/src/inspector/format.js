/** Hours, minutes and seconds, in UTC as in logs of Azure. */
export function clockTime(ms) {
  return new Date(ms).toISOString().slice(11, 19);
}

/** Date and time, in UTC. */
export function dateTime(ms) {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A duration in its natural unit. */
export function duration(ms) {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return `${(ms / 1000).toFixed(1)} s`;
}

const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
];

/** A span of time in its two largest units. */
export function span(ms) {
  const parts = [];
  let rest = Math.abs(ms);
  for (const [size, unit] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0 || (unit === 's' && parts.length === 0)) parts.push(`${count} ${unit}`);
    rest -= count * size;
    // Seconds say nothing beside minutes.
    if (parts.length === 2 || (parts.length === 1 && unit === 'min')) break;
  }
  return parts.join(' ');
}

/** A time of a token (seconds), beside the emulator's clock. */
export function relativeTime(seconds, now) {
  const ms = seconds * 1000 - now;
  const distance = ms < 0 ? `${span(ms)} ago` : `in ${span(ms)}`;
  return `${dateTime(seconds * 1000)}, ${distance}`;
}

/** A path in two parts, of which the last must be seen; GUIDs are shortened, the query is left out. */
export function shortPath(path) {
  const [name] = path.split('?', 1);
  const short = name.replaceAll(/([\da-f]{8})-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi, '$1…');
  const tail = /(?:\/[^/]*){1,2}$/.exec(short)?.[0] ?? '';
  return [short.slice(0, short.length - tail.length), tail];
}

/** How an answer went: `ok`, `warn` for redirects and what was asked to wait, `bad`. */
export function statusKind(status) {
  if (status < 300) return 'ok';
  return status < 400 || status === 429 ? 'warn' : 'bad';
}

const SERVICES = {
  signIn: 'Sign-in',
  graph: 'Graph',
  resourceManager: 'ARM',
  identity: 'Identity',
  inference: 'Endpoint',
};

/** The short name of a service. */
export function serviceName(service) {
  return SERVICES[service] ?? service;
}

const REASONS = {
  noMatch: 'does not have this action',
  excluded: 'takes this action away (notActions)',
  condition: 'has a condition about something that is not known',
  conditionUnmet: 'has a condition that is not fulfilled',
  roleUnknown: 'is not known',
};

/** Why the nearest role was not enough. */
export function reasonText(reason) {
  return REASONS[reason] ?? reason;
}

/** Whether a request has all the words of a filter somewhere in what lists show of it. */
export function matches(summary, filter) {
  const { method, path, host, status, caller, errorCode, decision, fault } = summary;
  const text = [method, path, host, status, caller, errorCode, decision, fault].join(' ').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The groups in which claims are shown; what belongs to none comes last. */
export const CLAIM_GROUPS = [
  [
    'Who',
    ['name', 'upn', 'unique_name', 'oid', 'sub', 'appid', 'azp', 'idtyp', 'tid', 'xms_mirid', 'xms_az_rid'],
  ],
  ['For what', ['aud', 'scp', 'roles', 'wids', 'groups']],
  ['When', ['iat', 'nbf', 'exp', 'auth_time']],
  ['How proven', ['amr', 'acr', 'acrs', 'appidacr', 'azpacr', 'xms_cc', 'ipaddr']],
];

/** A claim as text. */
export function claimText(name, value, now) {
  if (typeof value === 'number' && ['iat', 'nbf', 'exp', 'auth_time'].includes(name))
    return relativeTime(value, now);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** JSON with line breaks; other texts as they are. */
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
