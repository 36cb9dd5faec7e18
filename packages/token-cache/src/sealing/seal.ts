import { KEY_BYTES, type KeyRing, type SealingKey } from './key-ring.js';
import { builtins } from '../lib/builtins.js';

/**
 * What sealed data belongs to. It is authenticated and not stored: data that is moved to another place does
 * not open there.
 */
export interface SealingContext {
  /** Keys are derived for each partition: one identity's entries. */
  readonly partition: string;
  /** The entry within the partition. */
  readonly name: string;
}

/** Why data does not open. All of them mean: treat it as not there. */
export type UnreadableReason = 'malformed' | 'unknown-version' | 'unknown-key' | 'not-authentic';

/** What {@link unseal} gives. */
export type Unsealed =
  | { readonly ok: true; readonly plaintext: Buffer; readonly keyId: string }
  | { readonly ok: false; readonly reason: UnreadableReason };

/** The version of the envelope that {@link seal} writes. */
const SEAL_VERSION = 1;

/** "AMLS": tells our data from foreign bytes. */
const MAGIC = Buffer.from('AMLS', 'latin1');
const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Magic, version, length of the key id. */
const FIXED_BYTES = MAGIC.length + 2;

/**
 * Seals bytes with AES-256-GCM (NIST SP 800-38D): magic, version, length of the key id, key id, nonce (12
 * random bytes), ciphertext, tag (16 bytes). Everything before the nonce, and the context, is authenticated too.
 */
export function seal(plaintext: Uint8Array, key: SealingKey, context: SealingContext): Buffer {
  const id = Buffer.from(key.id, 'latin1');
  const header = Buffer.concat([MAGIC, Buffer.from([SEAL_VERSION, id.length]), id]);
  const nonce = builtins.crypto.randomBytes(NONCE_BYTES);
  const cipher = builtins.crypto.createCipheriv(ALGORITHM, partitionKey(key, context), nonce, {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(associatedData(header, context));
  const sealed = [header, nonce, cipher.update(plaintext), cipher.final()];
  return Buffer.concat([...sealed, cipher.getAuthTag()]);
}

/** Opens what {@link seal} made, with the key that it names. Never throws for bad data. */
export function unseal(sealed: Uint8Array, ring: KeyRing, context: SealingContext): Unsealed {
  const data = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (data.length < FIXED_BYTES || !data.subarray(0, MAGIC.length).equals(MAGIC)) return failed('malformed');
  if (data[MAGIC.length] !== SEAL_VERSION) return failed('unknown-version');
  const headerEnd = FIXED_BYTES + (data[MAGIC.length + 1] ?? 0);
  if (data.length < headerEnd + NONCE_BYTES + TAG_BYTES) return failed('malformed');
  const keyId = data.toString('latin1', FIXED_BYTES, headerEnd);
  const key = ring.find(keyId);
  // The id is not printed on: it comes from data that nobody has vouched for.
  if (key === undefined) return failed('unknown-key');
  const nonce = data.subarray(headerEnd, headerEnd + NONCE_BYTES);
  const decipher = builtins.crypto.createDecipheriv(ALGORITHM, partitionKey(key, context), nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associatedData(data.subarray(0, headerEnd), context));
  decipher.setAuthTag(data.subarray(data.length - TAG_BYTES));
  try {
    const start = decipher.update(data.subarray(headerEnd + NONCE_BYTES, data.length - TAG_BYTES));
    return { ok: true, plaintext: Buffer.concat([start, decipher.final()]), keyId };
  } catch {
    return failed('not-authentic');
  }
}

/** Derived keys by the key that they come from, the partition used last in the end; they live no longer than that key. */
const derived = new WeakMap<SealingKey, Map<string, Buffer>>();
/** Partitions whose keys are kept: a process signs in as few identities. */
const MOST_DERIVED = 32;

function partitionKey(key: SealingKey, { partition }: SealingContext): Buffer {
  const known = derived.get(key) ?? new Map<string, Buffer>();
  derived.set(key, known);
  const kept = known.get(partition) ?? derivePartitionKey(key, partition);
  known.delete(partition);
  known.set(partition, kept);
  const [oldest] = known.keys();
  if (known.size > MOST_DERIVED && oldest !== undefined) known.delete(oldest);
  return kept;
}

/** A key for the partition by HKDF (RFC 5869): one key never seals so much that random nonces could meet. */
function derivePartitionKey(key: SealingKey, partition: string): Buffer {
  const info = Buffer.from(`aml-auth token cache v${SEAL_VERSION}\0${partition}`, 'utf8');
  // HKDF bounds `info` to 1,024 bytes in Node.js; partitions are hashes, far shorter.
  return Buffer.from(builtins.crypto.hkdfSync('sha256', key.bytes, Buffer.alloc(0), info, KEY_BYTES));
}

/** The context as JSON has one reading only, whatever is in the names. */
function associatedData(header: Buffer, { partition, name }: SealingContext): Buffer {
  return Buffer.concat([header, Buffer.from(JSON.stringify([partition, name]), 'utf8')]);
}

function failed(reason: UnreadableReason): Unsealed {
  return { ok: false, reason };
}
