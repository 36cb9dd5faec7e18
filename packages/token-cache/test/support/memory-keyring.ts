import type { KeyringModule } from '@aml-auth/token-cache';

/** A keyring with the interface of the library, in memory, and what it was asked. */
export interface MemoryKeyring {
  (): Promise<KeyringModule>;
  readonly secrets: Map<string, string>;
  readonly calls: string[];
}

/** Faults of a keyring, by what they do to a secret that is read. */
export interface KeyringFaults {
  readonly get?: (secret: string | undefined) => Promise<string | undefined>;
  readonly set?: () => Promise<void>;
}

export function memoryKeyring(faults: KeyringFaults = {}): MemoryKeyring {
  const secrets = new Map<string, string>();
  const calls: string[] = [];
  class AsyncEntry {
    readonly id: string;
    constructor(service: string, name: string, options?: { linux?: { store?: string } }) {
      this.id = [service, name, options?.linux?.store].join('/');
    }
    getPassword() {
      calls.push('get');
      const secret = secrets.get(this.id);
      return faults.get?.(secret) ?? Promise.resolve(secret ?? null);
    }
    async setPassword(secret: string) {
      calls.push('set');
      secrets.set(this.id, secret);
      await faults.set?.();
    }
    deletePassword() {
      calls.push('delete');
      return Promise.resolve(secrets.delete(this.id));
    }
  }
  return Object.assign(() => Promise.resolve({ AsyncEntry }), { secrets, calls });
}
