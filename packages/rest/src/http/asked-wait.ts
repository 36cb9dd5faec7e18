import { retryAfterMs } from '@aml-auth/core';

/**
 * How long a service asks to wait, in milliseconds. A date in `Retry-After` is one of the service's clock, which the
 * `Date` of the same reply tells: this machine's may be days off.
 *
 * @param now - wall time of this machine in milliseconds since the epoch, for replies without `Date`
 */
export function askedWaitMs(headers: Pick<Headers, 'get'>, now: number): number | undefined {
  const date = Date.parse(headers.get('date') ?? '');
  return retryAfterMs(headers, Number.isNaN(date) ? now : date);
}
