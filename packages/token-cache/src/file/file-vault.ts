import {
  AmlAuthError,
  type Clock,
  type Logger,
  type RefreshLease,
  type RefreshLeaseRequest,
} from '@aml-auth/core';
import type { Entry } from '../entry/entry.js';
import type { Exclusive, KeySource } from '../sealing/key-source.js';
import { atomicWrite, type Rename } from './atomic-write.js';
import { chooseTier, type ChosenTier } from './choose-tier.js';
import { sealedCodec, type DecodedEntry, type EntryCodec } from './entry-codec.js';
import { layoutFolder, removeFile, type EntryPlace } from './entry-files.js';
import { fileLeases } from './file-leases.js';
import { makePrivateDirectory, requirePrivateDirectory } from './private-directory.js';
import { quarantine } from './quarantine.js';
import { readPrivateFile } from './read-private-file.js';
import { sweep } from './sweep.js';

/** What a {@link FileVault} is made from. */
export interface VaultParts {
  readonly directory: string;
  readonly sources: readonly KeySource[];
  readonly unsafeAllowPlaintext: boolean;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The system's, or one with faults. */
  readonly rename?: Rename | undefined;
}

/** Sealed entries as files. Operations fail where the file system does; bad content is a miss. */
export interface FileVault {
  readonly directory: string;
  /** The tier in use; finds it on the first call. */
  tier(): Promise<ChosenTier>;
  /** What the file holds; undefined where there is none. Bad files are left alone. */
  look(place: EntryPlace, codec: EntryCodec): DecodedEntry | undefined;
  /** What the file holds. A bad file is put aside. */
  read(place: EntryPlace, codec: EntryCodec): Promise<Entry | undefined>;
  write(place: EntryPlace, codec: EntryCodec, entry: Entry): Promise<void>;
  acquireLease(place: EntryPlace, request: RefreshLeaseRequest): Promise<RefreshLease | undefined>;
  /** Puts a new key in front, where the tier can. */
  rotate(): Promise<ChosenTier>;
}

/** How often keys are looked up again because a file names one that is not known. Milliseconds. */
const RELOAD_MS = 5_000;
/** How the making of a key is kept apart between processes. Milliseconds. */
const KEY_LEASE = { ttlMs: 5_000, waitMs: 1_500 };

export function fileVault(parts: VaultParts): FileVault {
  const { directory, sources, unsafeAllowPlaintext, clock, logger } = parts;
  const leases = fileLeases(clock);
  const swept = new Set<string>();
  let chosen: Promise<ChosenTier> | undefined;
  let reloadedAt = Number.NEGATIVE_INFINITY;

  const exclusive: Exclusive = async (work) => {
    const lease = await keyLease().catch(() => undefined);
    return work().finally(() => lease?.release().catch(() => undefined));
  };

  async function keyLease(): Promise<RefreshLease | undefined> {
    makePrivateDirectory(directory);
    return leases.acquire(`${directory}/keys.lease`, KEY_LEASE);
  }

  function tier(): Promise<ChosenTier> {
    chosen ??= chooseTier({ sources, exclusive, unsafeAllowPlaintext, logger });
    return chosen;
  }

  function requirePrivate(place: EntryPlace): boolean {
    return [directory, layoutFolder(directory), place.folder].every(requirePrivateDirectory);
  }

  function makePrivate(place: EntryPlace): void {
    if (requirePrivate(place)) return;
    makePrivateDirectory(place.folder);
    requirePrivate(place);
  }

  function look(place: EntryPlace, codec: EntryCodec): DecodedEntry | undefined {
    if (!requirePrivate(place)) return undefined;
    const file = readPrivateFile(place.path);
    return file && codec.decode(file.data, place);
  }

  async function read(place: EntryPlace, codec: EntryCodec): Promise<Entry | undefined> {
    if (!requirePrivate(place)) return undefined;
    const file = readPrivateFile(place.path);
    if (file === undefined) return undefined;
    let decoded = codec.decode(file.data, place);
    if (!decoded.ok && decoded.reason === 'unknown-key') {
      const newer = await reloaded();
      decoded = newer?.decode(file.data, place) ?? decoded;
    }
    if (decoded.ok) return decoded.entry;
    logger.warn({ event: 'token.cache.unreadable', reason: decoded.reason, file: place.path });
    // A token in the clear does not stay.
    if (decoded.reason === 'plaintext') await removeFile(place.path);
    // A key or version of tomorrow may be that of another process, which still reads the file.
    else if (decoded.reason !== 'unknown-key' && decoded.reason !== 'unknown-version') {
      await quarantine(place.path, file.inode, clock.now());
    }
    return undefined;
  }

  /** Another process may have put a new key in front. */
  async function reloaded(): Promise<EntryCodec | undefined> {
    const { source, skipped } = await tier();
    if (source?.rotate === undefined || clock.monotonic() - reloadedAt < RELOAD_MS) return undefined;
    reloadedAt = clock.monotonic();
    const ring = await source.load(exclusive).catch(() => undefined);
    if (ring === undefined) return undefined;
    const codec = sealedCodec(ring, source.tier);
    chosen = Promise.resolve({ tier: source.tier, codec, source, skipped });
    return codec;
  }

  return {
    directory,
    tier,
    look,
    read,
    async write(place, codec, entry) {
      makePrivate(place);
      await atomicWrite(place.path, codec.encode(entry, place), parts.rename);
      if (swept.has(place.folder)) return;
      swept.add(place.folder);
      sweep(place.folder, clock.now(), Math.random());
    },
    async acquireLease(place, request) {
      makePrivate(place);
      return leases.acquire(place.leasePath, request);
    },
    async rotate() {
      const { source, skipped } = await tier();
      if (source?.rotate === undefined) throw notRotatable((await tier()).tier);
      const ring = await source.rotate(exclusive);
      chosen = Promise.resolve({ tier: source.tier, codec: sealedCodec(ring, source.tier), source, skipped });
      return chosen;
    },
  };
}

function notRotatable(tier: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `Keys of the tier ${tier} are given from outside.`,
    remedy: 'Put a new key in front of the old one where they are set, then migrate.',
  });
}
