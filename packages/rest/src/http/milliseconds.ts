import { AmlAuthError } from '@aml-auth/core';

/**
 * A time limit in milliseconds that a timer can hold.
 *
 * @param name - of the limit, for the error: `attemptMs`
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function milliseconds(name: string, value: number): number {
  // Timers of Node.js hold no more.
  if (value > 0 && value < 2 ** 31) return value;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `timeLimits.${name} ${String(value)} is not a time limit.`,
    remedy: 'Give milliseconds, more than 0 and less than 2^31.',
  });
}
