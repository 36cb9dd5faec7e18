import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

import type { ArcKeys } from './arc-keys.js';

/** What a host needs beside its row in the state: nothing of it may get into a snapshot. */
export interface HostRuntime {
  /** The secret that programs on the host send along; another one in every run. */
  secretOf(hostName: string): string;
  /** Whether it is the host's secret. Takes the same time for every wrong one. */
  isSecret(hostName: string, given: string | null): boolean;
  readonly arcKeys: ArcKeys;
}

/** A {@link HostRuntime}. */
export function createHostRuntime(arcKeys: ArcKeys): HostRuntime {
  const secrets = new Map<string, string>();

  function secretOf(hostName: string): string {
    const secret = secrets.get(hostName) ?? randomBytes(16).toString('hex').toUpperCase();
    secrets.set(hostName, secret);
    return secret;
  }

  return {
    secretOf,
    isSecret: (hostName, given) => timingSafeEqual(digest(secretOf(hostName)), digest(given ?? '')),
    arcKeys,
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
