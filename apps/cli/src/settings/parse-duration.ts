import { AmlAuthError } from '@aml-auth/core';

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/**
 * A span of time such as `90s`, `5m` or `1h`, in milliseconds. A number alone is seconds.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for anything else, and beyond a day
 */
export function parseDuration(text: string): number {
  const [, digits, unit = 's'] = /^(\d{1,6})([smh])?$/.exec(text) ?? [];
  const ms = digits === undefined ? Number.NaN : Number(digits) * (UNITS[unit] ?? Number.NaN);
  if (ms <= 24 * 3_600_000) return ms;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${JSON.stringify(text)} is not a span of time of at most a day.`,
    remedy: 'Give seconds, minutes or hours, such as 90s, 5m or 1h.',
  });
}
