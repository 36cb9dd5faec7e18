const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A span such as `90d`, `24h`, `15m` or `30s` in milliseconds; undefined where the text is none. */
export function readSpan(text: string): number | undefined {
  const [, count = '', unit = ''] = /^(\d{1,9})([dhms])$/.exec(text) ?? [];
  const factor = UNITS_MS[unit];
  return factor === undefined ? undefined : Number(count) * factor;
}
