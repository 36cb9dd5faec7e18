import { tokenKeyId, type StoredToken, type TokenKey } from '@aml-auth/core';

/** A token with what it is for, as it is sealed. */
export interface Entry {
  readonly key: TokenKey;
  readonly token: StoredToken;
}

/** The bytes of an entry: JSON in UTF-8. */
export function encodeEntry({ key, token }: Entry): Buffer {
  return Buffer.from(JSON.stringify({ key, token }), 'utf8');
}

/** The entry that the bytes hold; undefined where they hold anything else. Never throws. */
export function decodeEntry(bytes: Uint8Array): Entry | undefined {
  const value = parseJson(Buffer.from(bytes).toString('utf8'));
  if (!isRecord(value)) return undefined;
  const key = readKey(value['key']);
  const token = readToken(value['token']);
  return key === undefined || token === undefined ? undefined : { key, token };
}

/** Whether the entry is for exactly this key. */
export function isEntryOf(entry: Entry, key: TokenKey): boolean {
  return tokenKeyId(entry.key) === tokenKeyId(key);
}

function readKey(value: unknown): TokenKey | undefined {
  if (!isRecord(value)) return undefined;
  const { authorityHost, tenantId, clientId, fingerprint, scopes, claims, enableCae, tokenType } = value;
  if (!isText(authorityHost) || !isText(tenantId) || !isText(clientId) || !isText(fingerprint))
    return undefined;
  if (!isTexts(scopes) || !isText(claims)) return undefined;
  if (typeof enableCae !== 'boolean' || tokenType !== 'Bearer') return undefined;
  return { authorityHost, tenantId, clientId, fingerprint, scopes, claims, enableCae, tokenType };
}

function readToken(value: unknown): StoredToken | undefined {
  if (!isRecord(value)) return undefined;
  const { token, expiresOnTimestamp, refreshAfterTimestamp } = value;
  if (!isText(token) || token === '' || !isTime(expiresOnTimestamp)) return undefined;
  if (refreshAfterTimestamp === undefined) return { token, expiresOnTimestamp };
  return isTime(refreshAfterTimestamp) ? { token, expiresOnTimestamp, refreshAfterTimestamp } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
