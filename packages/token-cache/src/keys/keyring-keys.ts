import type { KeySource } from '../sealing/key-source.js';
import { boxedKeys, type SecretBox } from './secret-box.js';
import { unavailableKeys } from './unavailable-keys.js';

/** The part of an entry of `@napi-rs/keyring` that is used here. */
export interface KeyringEntry {
  /** The secret, or nothing where there is none. */
  getPassword(): Promise<string | null | undefined>;
  /** Writes the secret, over an older one. */
  setPassword(password: string): Promise<void>;
  /** Removes the secret. */
  deletePassword(): Promise<unknown>;
}

/** The part of `@napi-rs/keyring` that is used here. */
export interface KeyringModule {
  /** An entry by service and user name. On Linux, `store` pins which keyring is used. */
  readonly AsyncEntry: new (
    service: string,
    username: string,
    options?: { linux?: { store?: 'secret-service' | 'keyutils' } },
  ) => KeyringEntry;
}

/** Options of {@link keyringKeys}. */
export interface KeyringKeysOptions {
  /** The service that the entry has in the keyring. Default `aml-auth`. */
  readonly service?: string | undefined;
  /** Longest time for the keyring to answer. Default 2,000 milliseconds. */
  readonly limitMs?: number | undefined;
  /** Default: `@napi-rs/keyring`, where it is installed. */
  readonly load?: (() => Promise<KeyringModule>) | undefined;
}

/**
 * Keys in the keyring of the operating system: Keychain on macOS, Credential Manager on Windows, the Secret Service
 * (GNOME Keyring, KWallet) on Linux. Only keys are kept there, not tokens: keyrings bound the size of what they keep.
 *
 * Needs the package `@napi-rs/keyring`.
 */
export function keyringKeys(options: KeyringKeysOptions = {}): KeySource {
  const { service = 'aml-auth', limitMs = 2_000, load = installedKeyring } = options;
  return boxedKeys({ tier: 'keyring', limitMs, open: async () => keyringBox(await load(), service) });
}

function keyringBox({ AsyncEntry }: KeyringModule, service: string): SecretBox {
  // Without the pin, Linux may fall to the kernel's keyring, which forgets, and cannot always be read.
  const entry = (name: string): KeyringEntry =>
    new AsyncEntry(service, name, { linux: { store: 'secret-service' } });
  return {
    title: `The keyring of the system, service ${service}`,
    read: async (name) => (await entry(name).getPassword()) ?? undefined,
    write: (name, secret) => entry(name).setPassword(secret),
    async remove(name) {
      await entry(name).deletePassword();
    },
  };
}

async function installedKeyring(): Promise<KeyringModule> {
  try {
    return await import('@napi-rs/keyring');
  } catch (error) {
    const remedy = 'Install it beside @aml-auth/token-cache: npm install @napi-rs/keyring';
    throw unavailableKeys('The package @napi-rs/keyring is not installed.', remedy, error);
  }
}
