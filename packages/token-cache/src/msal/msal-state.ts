import { builtins } from '../lib/builtins.js';

/** The sections of a serialised cache of MSAL for Node.js (`@azure/msal-node`, unified schema). */
export const SECTIONS = ['Account', 'IdToken', 'AccessToken', 'RefreshToken', 'AppMetadata'] as const;
export type Section = (typeof SECTIONS)[number];

/** A serialised cache in pieces: the JSON text of each entity by {@link entityName}. */
export type MsalState = ReadonlyMap<string, string>;

/** What happened to a cache between two looks. */
export interface MsalChanges {
  readonly written: MsalState;
  readonly removed: ReadonlySet<string>;
}

/** A name that tells the section and the key of an entity. */
export function entityName(section: Section, key: string): string {
  return JSON.stringify([section, key]);
}

/** Takes a serialised cache apart. Whatever is no cache counts as an empty one. Never throws. */
export function splitState(serialised: string): MsalState {
  const state = new Map<string, string>();
  const cache = objectOf(parseJson(serialised));
  for (const section of SECTIONS) {
    for (const [key, entity] of Object.entries(objectOf(cache[section]))) {
      if (typeof entity === 'object' && entity !== null)
        state.set(entityName(section, key), JSON.stringify(entity));
    }
  }
  return state;
}

/** Puts a serialised cache together; names and texts that are not of one are left out. */
export function joinState(state: MsalState): string {
  const cache = Object.fromEntries(SECTIONS.map((section) => [section, {}]));
  for (const [name, text] of state) {
    const [section, key] = nameParts(name);
    const entity = parseJson(text);
    const entities = section === undefined ? undefined : cache[section];
    if (entities === undefined || key === undefined || typeof entity !== 'object' || entity === null)
      continue;
    // A plain assignment to "__proto__" would be lost.
    Object.defineProperty(entities, key, {
      value: entity,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return JSON.stringify(cache);
}

/** What turns the first state into the second. */
export function changesBetween(before: MsalState, after: MsalState): MsalChanges {
  return {
    written: new Map([...after].filter(([name, text]) => before.get(name) !== text)),
    removed: new Set([...before.keys()].filter((name) => !after.has(name))),
  };
}

/** A refresh token of Microsoft Entra ID lives for 90 days; with it goes all that belongs to a signed-in person. */
export const LONG_LIFE_MS: number = 90 * 24 * 3_600_000;

/** When an entity is of no more use, in milliseconds since the epoch: an access token by itself, all else after 90 days. */
export function expiryOf(name: string, text: string, now: number): number {
  const expiresOn = Number(objectOf(parseJson(text))['expires_on']);
  const isAccessToken = nameParts(name)[0] === 'AccessToken';
  return isAccessToken && Number.isFinite(expiresOn) ? expiresOn * 1_000 : now + LONG_LIFE_MS;
}

/** Names the content of an entity: another content has another name. */
export function contentHash(text: string): string {
  return builtins.crypto.createHash('sha256').update(text).digest('base64url');
}

function nameParts(name: string): readonly [string?, string?] {
  const parts: unknown = parseJson(name);
  if (!Array.isArray(parts) || parts.length !== 2) return [];
  const [section, key] = parts as unknown[];
  return typeof section === 'string' && typeof key === 'string' ? [section, key] : [];
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
