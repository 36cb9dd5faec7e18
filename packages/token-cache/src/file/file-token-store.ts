import { isAbsolute } from 'node:path';
import {
  AmlAuthError,
  isAmlAuthError,
  quietLogger,
  systemClock,
  type Clock,
  type Logger,
  type StoredToken,
  type TokenKey,
  type TokenStore,
} from '@aml-auth/core';
import { isShareable } from '../entry/is-shareable.js';
import { defaultKeySources } from '../keys/default-key-sources.js';
import { memoryTokenStore } from '../memory/memory-token-store.js';
import type { KeySource, KeyTier } from '../sealing/key-source.js';
import type { Rename } from './atomic-write.js';
import { cacheDirectory, type Environment } from './cache-directory.js';
import type { SkippedTier } from '../keys/first-keys.js';
import { entryPlace, removeFile } from './entry-files.js';
import { fileFailure } from './file-problem.js';
import { fileVault, type FileVault } from './file-vault.js';

/** How a {@link fileTokenStore} keeps tokens. */
export interface FileTokenStoreOptions {
  /** An absolute path. Default: that of {@link cacheDirectory}. */
  readonly directory?: string | undefined;
  /**
   * Where sealing keys come from, the first one that works. Default: `AML_AUTH_CACHE_KEY`,
   * `AML_AUTH_CACHE_PASSPHRASE_FILE`, the keyring of the system, that of the Linux kernel.
   */
  readonly keys?: KeySource | readonly KeySource[] | undefined;
  /** Writes tokens in the clear where no key can be had, instead of keeping them in memory. Default `false`. */
  readonly unsafeAllowPlaintext?: boolean | undefined;
  /** Told when files or keys fail and tokens stay in memory. Default: nobody. */
  readonly logger?: Logger | undefined;
  /** Tells when tokens and leases have expired. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Default `process.env`. */
  readonly env?: Environment | undefined;
}

/** How a store keeps tokens at present. Holds no secret. */
export interface FileStoreStatus {
  /** An empty text where there is no folder to write to. */
  readonly directory: string;
  /** Where the sealing key lives. `memory`: nothing is written. */
  readonly tier: KeyTier;
  /** The current one first. */
  readonly keyIds: readonly string[];
  /** Better tiers that could not be used, and why. */
  readonly skipped: readonly SkippedTier[];
  /** Why tokens are kept in memory though there is a key; undefined while files work. */
  readonly degraded?: string | undefined;
}

/** A token store of sealed files. */
export interface FileTokenStore extends TokenStore {
  /** The absolute path of its folder; an empty text where there is none to write to. */
  readonly directory: string;
  /** How tokens are kept at present. */
  status(): Promise<FileStoreStatus>;
}

/** The files behind a store, for this package alone. */
const vaults = new WeakMap<TokenStore, { readonly vault: FileVault; readonly clock: Clock }>();

/**
 * The files behind the store.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a store of another kind
 */
export function vaultOf(store: FileTokenStore): { readonly vault: FileVault; readonly clock: Clock } {
  const found = vaults.get(store);
  if (found !== undefined) return found;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: 'The token store was not made by fileTokenStore.',
    remedy: 'Give the store that fileTokenStore() has returned.',
  });
}

/**
 * A token store that all processes of a user share: one file a token, sealed by AES-256-GCM, written in one step. It
 * lets one process refresh a token while the others wait. Where files or keys fail it goes on in memory, and says so
 * in the log and in {@link FileTokenStore.status}. Tokens of managed identities are never written.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where the folder is not an absolute path
 */
export function fileTokenStore(options: FileTokenStoreOptions = {}): FileTokenStore {
  return createFileTokenStore(options);
}

/** As {@link fileTokenStore}, with a `rename` that may have faults. */
export function createFileTokenStore(options: FileTokenStoreOptions, rename?: Rename): FileTokenStore {
  const { clock = systemClock, env = process.env, unsafeAllowPlaintext = false } = options;
  const { directory, without } = folderOf(options.directory, env);
  const logger = quietLogger(options.logger);
  // Without a folder there is nothing to seal: no key is asked for, and tokens stay in memory.
  const sources = without === undefined ? [options.keys ?? defaultKeySources(directory, env)].flat() : [];
  const plaintext = unsafeAllowPlaintext && without === undefined;
  const vault = fileVault({ directory, sources, unsafeAllowPlaintext: plaintext, clock, logger, rename });
  /** What cannot be written lives here. */
  const fallback = memoryTokenStore({ clock });
  let degraded = without;

  function degrade(action: string, error: unknown): void {
    const { message, remedy } = fileFailure(action, directory, error);
    const event = { event: 'token.cache.degraded', message, remedy };
    if (degraded === undefined) logger.warn(event);
    else logger.debug(event);
    degraded = message;
  }

  async function readFile(key: TokenKey): Promise<StoredToken | undefined> {
    const { codec } = await vault.tier();
    if (codec === undefined) return undefined;
    try {
      const entry = await vault.read(entryPlace(directory, key), codec);
      return entry !== undefined && entry.token.expiresOnTimestamp > clock.now() ? entry.token : undefined;
    } catch (error) {
      degrade('read', error);
      return undefined;
    }
  }

  /** Whether the token is in its file now. */
  async function writeFile(key: TokenKey, token: StoredToken): Promise<boolean> {
    const { codec } = await vault.tier();
    if (codec === undefined) return false;
    try {
      await vault.write(entryPlace(directory, key), codec, { key, token });
      degraded = undefined;
      return true;
    } catch (error) {
      degrade('write', error);
      return false;
    }
  }

  async function forget(key: TokenKey): Promise<void> {
    await fallback.delete(key);
    if (without !== undefined || !isShareable(key)) return;
    try {
      await removeFile(entryPlace(directory, key).path);
    } catch (error) {
      throw fileFailure('delete a token in', directory, error);
    }
  }

  const store: FileTokenStore = {
    kind: 'file',
    directory,
    async get(key) {
      const [own, shared] = [await fallback.get(key), isShareable(key) ? await readFile(key) : undefined];
      if (own === undefined || shared === undefined) return shared ?? own;
      return own.expiresOnTimestamp > shared.expiresOnTimestamp ? own : shared;
    },
    async set(key, token) {
      if (token.expiresOnTimestamp <= clock.now()) await forget(key);
      else if (isShareable(key) && (await writeFile(key, token))) await fallback.delete(key);
      else await fallback.set(key, token);
    },
    delete: forget,
    async acquireLease(key, request) {
      const alone = !isShareable(key) || (await vault.tier()).codec === undefined;
      try {
        if (!alone) return await vault.acquireLease(entryPlace(directory, key), request);
      } catch (error) {
        if (isAmlAuthError(error) && error.code === 'AML_CANCELLED') throw error;
        degrade('take a lease in', error);
      }
      return fallback.acquireLease?.(key, request);
    },
    async status() {
      const { tier, codec, skipped } = await vault.tier();
      const keyIds = codec?.keyIds ?? [];
      return { directory, tier, keyIds, skipped, ...(degraded === undefined ? {} : { degraded }) };
    },
  };
  vaults.set(store, { vault, clock });
  return store;
}

/** The folder, or why there is none: a user without a home directory is no reason to give no token. */
function folderOf(
  given: string | undefined,
  env: Environment,
): { readonly directory: string; readonly without?: string | undefined } {
  if (given !== undefined && !isAbsolute(given)) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'The directory of the token store is not an absolute path.',
      remedy: 'Give directory as an absolute path, or leave it out.',
    });
  }
  const directory = given ?? cacheDirectory(env);
  if (directory !== undefined) return { directory };
  return { directory: '', without: 'There is no home directory to keep tokens in; set AML_AUTH_CACHE_DIR.' };
}
