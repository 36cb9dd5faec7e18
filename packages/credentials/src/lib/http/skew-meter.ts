import { estimateClockSkew, type Logger } from '@aml-auth/core';

/** Keeps how far the clock of the token service is ahead of this machine's. */
export interface SkewMeter {
  /** Takes the date of a reply. Times are wall times in milliseconds since the epoch. */
  readonly note: (headers: Headers, sentAt: number, receivedAt: number) => void;
  /** In milliseconds, negative where the service is behind; 0 while nothing is known, or nothing that matters. */
  readonly skewMs: () => number;
}

/** Less than this, beyond the error of the estimate, is left alone. Milliseconds. */
const MATTERS_MS = 5_000;
/** More than this makes Microsoft Entra ID refuse signed assertions sooner or later. Milliseconds. */
const WARN_MS = 60_000;

/** A meter; the first estimate beyond a minute goes to the logger as `clock.skew`, a warning. */
export function skewMeter(logger: Logger): SkewMeter {
  let current = 0;
  let warned = false;
  return {
    note(headers, sentAt, receivedAt) {
      const skew = estimateClockSkew(headers, sentAt, receivedAt);
      if (skew === undefined) return;
      const sure = Math.abs(skew.ms) - skew.errorMs;
      current = sure > MATTERS_MS ? skew.ms : 0;
      if (sure <= WARN_MS || warned) return;
      warned = true;
      logger.warn({ event: 'clock.skew', skewSec: Math.round(skew.ms / 1000) });
    },
    skewMs: () => current,
  };
}
