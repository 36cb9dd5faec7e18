import type { KeyRing } from './key-ring.js';

/**
 * How well the sealing key is kept, from the best to none:
 * `keyring` – the keyring of the operating system; `kernel` – the keyring of the Linux kernel, until the next boot;
 * `passphrase` – derived from a passphrase in a file; `environment` – from an environment variable;
 * `memory` – tokens are not written at all; `plaintext` – written, and not sealed.
 */
export type KeyTier = 'keyring' | 'kernel' | 'passphrase' | 'environment' | 'memory' | 'plaintext';

/** Runs the work while no other process runs its own. */
export type Exclusive = <T>(work: () => Promise<T>) => Promise<T>;

/** Where sealing keys come from. */
export interface KeySource {
  /** How well its keys are kept; shown by `status()` of the store. */
  readonly tier: KeyTier;
  /**
   * The keys, made and kept where there are none yet.
   *
   * @param exclusive - goes around the making of a key, so that processes that start together make one
   * @throws {AmlAuthError} `AML_UNAVAILABLE` where the source cannot be used here; the next one may
   */
  load(exclusive?: Exclusive): Promise<KeyRing>;
  /** Puts a new key in front; older ones stay for a while. Absent where the keys are given from outside. */
  rotate?(exclusive?: Exclusive): Promise<KeyRing>;
}
