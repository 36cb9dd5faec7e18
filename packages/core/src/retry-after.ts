/**
 * How long the service asks to wait, in milliseconds: `x-ms-retry-after-ms` or `retry-after-ms`
 * (milliseconds), else `Retry-After` (RFC 9110, 10.2.3: seconds or a date). Undefined where there is
 * none or where it makes no sense.
 *
 * @param now - wall time in milliseconds since the epoch, for dates
 */
export function retryAfterMs(headers: Pick<Headers, 'get'>, now: number): number | undefined {
  for (const name of ['x-ms-retry-after-ms', 'retry-after-ms']) {
    const ms = digits(headers.get(name));
    if (ms !== undefined) return ms;
  }
  const text = headers.get('retry-after');
  const seconds = digits(text);
  if (seconds !== undefined) return seconds * 1000;
  // Only the fixed form of HTTP dates: Date.parse alone reads "-5" as a year.
  const date = text !== null && /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function digits(text: string | null): number | undefined {
  return text !== null && /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : undefined;
}
