import { AmlAuthError } from '@aml-auth/core';
import type { RedisTokenStoreOptions } from './redis-token-store.js';

/** Options with their defaults. */
export interface CheckedRedisOptions {
  readonly prefix: string;
  readonly memoryMs: number;
  readonly maxEntries: number;
  readonly limitMs: number;
}

const PREFIX = /^[\w.:-]{1,64}$/;

/** @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed option */
export function checkRedisOptions(options: RedisTokenStoreOptions): CheckedRedisOptions {
  const { prefix = 'aml-auth', memoryMs = 1_000, maxEntries = 1_000, limitMs = 250 } = options;
  if (!PREFIX.test(prefix)) {
    throw invalid('prefix is not 1 to 64 of A-Z a-z 0-9 . : _ -', 'Give a prefix such as "aml-auth".');
  }
  // Braces would change the slot, and are refused above.
  wholeNumber('memoryMs', memoryMs, 0);
  wholeNumber('maxEntries', maxEntries, 1);
  wholeNumber('limitMs', limitMs, 1);
  return { prefix, memoryMs, maxEntries, limitMs };
}

function wholeNumber(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw invalid(
    `${name} ${String(value)} is not a whole number from ${least}.`,
    `Give ${name} as a number such as 1000, or leave it out.`,
  );
}

function invalid(message: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message, remedy });
}
