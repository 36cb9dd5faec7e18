/** How far another machine's clock is ahead of this one, in milliseconds; negative where it is behind. */
export interface ClockSkew {
  /** Positive where the other machine is ahead, negative where it is behind. Milliseconds. */
  readonly ms: number;
  /** The truth is at most this far away. Milliseconds. */
  readonly errorMs: number;
}

/** Dates of HTTP have whole seconds, cut off. */
const HALF_SECOND_MS = 500;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Compares the `Date` of a reply (RFC 9110, 6.6.1) with the own clock. The reply was dated some time
 * between request and receipt: half of that time, and half of the second that the header cuts off, is
 * the error. Undefined where there is no date, or where the own clock jumped back in between.
 *
 * @param sentAt - wall time when the request was sent, in milliseconds since the epoch
 * @param receivedAt - wall time when the head of the reply was there
 */
export function estimateClockSkew(
  headers: Pick<Headers, 'get'>,
  sentAt: number,
  receivedAt: number,
): ClockSkew | undefined {
  const text = headers.get('date');
  const date = text !== null && HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(date) || receivedAt < sentAt) return undefined;
  const middle = (sentAt + receivedAt) / 2;
  return {
    ms: date + HALF_SECOND_MS - middle,
    errorMs: (receivedAt - sentAt) / 2 + HALF_SECOND_MS,
  };
}
