import { toAmlAuthError, type TokenStore } from '@aml-auth/core';
import { abandonedFiles, removeAbandoned, type AbandonedFile } from './abandoned-files.js';
import { decodedOrProblem, type FileProblem } from './decoded-or-problem.js';
import { entryPlaces, otherFiles, removeFile } from './entry-files.js';
import { vaultOf, type FileTokenStore } from './file-token-store.js';
import { fileFailure } from './file-problem.js';

/** What is known about a kept token, without the token. */
export interface InspectedEntry {
  /** Absolute path of the file. */
  readonly file: string;
  /** Origin of the authority that gave the token, such as `https://login.microsoftonline.com`. */
  readonly authorityHost: string;
  /** The tenant that was asked: a GUID or a domain. */
  readonly tenantId: string;
  /** The application (client) id that the token was asked for by. */
  readonly clientId: string;
  /** What the token was asked for, sorted and without duplicates. */
  readonly scopes: readonly string[];
  /** Whether it was asked for with Continuous Access Evaluation: it then can be revoked before it expires. */
  readonly enableCae: boolean;
  /** Milliseconds since the epoch. */
  readonly expiresOnTimestamp: number;
  /** Whether the token was over when it was looked at. */
  readonly expired: boolean;
  /** The key that seals it; an empty text where it is not sealed. */
  readonly keyId: string;
}

/** Which entries {@link clearTokenStore} removes. What is not named matches all. */
export interface ClearFilter {
  /** Tokens of this tenant only, as it was asked for: a GUID or a domain, in lower case. */
  readonly tenantId?: string | undefined;
  /** Tokens of this application (client) id only, in lower case. */
  readonly clientId?: string | undefined;
  /** `fingerprint` of the key: tokens of one secret, certificate or sign-in. */
  readonly fingerprint?: string | undefined;
  /** True for expired ones only. */
  readonly expired?: boolean | undefined;
}

/** What {@link verifyTokenStore} found. */
export interface StoreVerification {
  /** How many files open and hold a token, expired ones included. */
  readonly readable: number;
  /** How many of them hold a token that is over. */
  readonly expired: number;
  /** Files that give no token, and what to do. */
  readonly problems: readonly FileProblem[];
  /** What dead processes left behind. It hurts nobody; {@link tidyTokenStore} removes it. */
  readonly abandoned: readonly AbandonedFile[];
}

/** What {@link migrateTokenStore} did. */
export interface StoreMigration {
  /** How many tokens lie sealed by the present key now. */
  readonly moved: number;
  /** Expired, not readable, or being renewed by a process at this moment. */
  readonly left: number;
}

const MIGRATION_LEASE = { ttlMs: 10_000, waitMs: 0 };

/**
 * The tokens of the store that this process can read, without the tokens themselves.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a store that `fileTokenStore` did not make, `AML_UNAVAILABLE`
 *   where its folder cannot be read
 */
export async function inspectTokenStore(store: FileTokenStore): Promise<readonly InspectedEntry[]> {
  const { clock } = vaultOf(store);
  const found = await decodedOrProblem(store);
  return found.flatMap(({ place, decoded }) => {
    if (decoded === undefined) return [];
    const { authorityHost, tenantId, clientId, scopes, enableCae } = decoded.entry.key;
    const { expiresOnTimestamp } = decoded.entry.token;
    const expired = expiresOnTimestamp <= clock.now();
    const { keyId } = decoded;
    const file = place.path;
    return [
      { file, authorityHost, tenantId, clientId, scopes, enableCae, expiresOnTimestamp, expired, keyId },
    ];
  });
}

/**
 * Reads every file and says what is wrong with which. Changes nothing.
 *
 * @throws {AmlAuthError} as {@link inspectTokenStore}
 */
export async function verifyTokenStore(store: FileTokenStore): Promise<StoreVerification> {
  const found = await decodedOrProblem(store);
  const { clock } = vaultOf(store);
  const now = clock.now();
  const entries = found.flatMap(({ decoded }) => decoded?.entry ?? []);
  const expired = entries.filter(({ token }) => token.expiresOnTimestamp <= now).length;
  const problems = found.flatMap(({ problem }) => problem ?? []);
  const abandoned = await abandonedFiles(store.directory, clock);
  return { readable: entries.length, expired, problems, abandoned };
}

/**
 * Removes what dead processes left behind: leases that nobody holds, and writes that never ended. Tokens stay.
 *
 * @returns the paths of what was removed
 * @throws {AmlAuthError} `AML_UNAVAILABLE` where a file cannot be removed
 */
export async function tidyTokenStore(store: FileTokenStore): Promise<readonly string[]> {
  const { directory } = store;
  try {
    const abandoned = await abandonedFiles(directory, vaultOf(store).clock);
    for (const file of abandoned) await removeAbandoned(file);
    return abandoned.map(({ file }) => file);
  } catch (error) {
    throw fileFailure('tidy', directory, error);
  }
}

/**
 * Removes tokens. Without a filter all files go, those that cannot be read and those that were put aside included.
 * A process that holds a token in its memory goes on using it.
 *
 * @returns how many tokens were removed
 * @throws {AmlAuthError} `AML_UNAVAILABLE` where a file cannot be removed, `AML_CONFIG_INVALID` where there is a
 *   filter and `fileTokenStore` did not make the store
 */
export async function clearTokenStore(store: FileTokenStore, filter: ClearFilter = {}): Promise<number> {
  const { directory } = store;
  if (directory === '') return 0;
  try {
    if (Object.values(filter).some((value) => value !== undefined && value !== false)) {
      return await removeAll(await matching(store, filter));
    }
    const places = await entryPlaces(directory);
    const removed = await removeAll(places.map(({ path }) => path));
    await removeAll((await otherFiles(directory)).filter((path) => !path.endsWith('.lease')));
    return removed;
  } catch (error) {
    throw fileFailure('clear', directory, error);
  }
}

async function matching(store: FileTokenStore, filter: ClearFilter): Promise<readonly string[]> {
  const { tenantId, clientId, fingerprint, expired } = filter;
  const now = vaultOf(store).clock.now();
  const found = await decodedOrProblem(store);
  return found.flatMap(({ place, decoded }) => {
    if (decoded === undefined) return [];
    const { key, token } = decoded.entry;
    const fits =
      (tenantId === undefined || key.tenantId === tenantId) &&
      (clientId === undefined || key.clientId === clientId) &&
      (fingerprint === undefined || key.fingerprint === fingerprint) &&
      (expired !== true || token.expiresOnTimestamp <= now);
    return fits ? [place.path] : [];
  });
}

async function removeAll(paths: readonly string[]): Promise<number> {
  let removed = 0;
  for (const path of paths) if (await removeFile(path)) removed += 1;
  return removed;
}

/**
 * Puts a new key in front and seals all valid tokens with it. Other processes notice by themselves.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where the keys are given from outside, or `fileTokenStore` did not make
 *   the store; `AML_UNAVAILABLE` where the new key cannot be kept
 */
export async function rotateKeys(store: FileTokenStore): Promise<StoreMigration> {
  await vaultOf(store).vault.rotate();
  return migrateTokenStore(store);
}

/**
 * Seals all valid tokens with the current key, or copies them into another store: from files in the clear to sealed
 * ones, from one tier to another, from this machine to Redis.
 *
 * @param to - default: the store itself
 * @throws {AmlAuthError} as {@link inspectTokenStore}, and what `set` of the other store rejects with
 */
export async function migrateTokenStore(store: FileTokenStore, to?: TokenStore): Promise<StoreMigration> {
  const { clock } = vaultOf(store);
  let moved = 0;
  const found = await decodedOrProblem(store);
  for (const { decoded } of found) {
    if (decoded === undefined || decoded.entry.token.expiresOnTimestamp <= clock.now()) continue;
    if (await moveOne(store, to ?? store, decoded.entry.key)) moved += 1;
  }
  return { moved, left: found.length - moved };
}

/** Under the lease: nobody writes a newer token between the reading and the writing. */
async function moveOne(
  from: FileTokenStore,
  to: TokenStore,
  key: Parameters<TokenStore['get']>[0],
): Promise<boolean> {
  const lease = await from.acquireLease?.(key, MIGRATION_LEASE);
  if (lease === undefined) return false;
  try {
    const token = await from.get(key);
    if (token === undefined) return false;
    await to.set(key, token);
    return true;
  } catch (error) {
    throw toAmlAuthError(error);
  } finally {
    await lease.release();
  }
}
