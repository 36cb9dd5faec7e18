import type { Clock } from '@aml-auth/core';
import * as z from 'zod';

const SPAN = /^([+-]\d{1,6})([dhms])$/;
const UNIT_MS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };

/** The form of a time in a seed. */
export const seedTimeSchema: z.ZodType<string> = z
  .string()
  .refine((value) => SPAN.test(value) || !Number.isNaN(Date.parse(value)), {
    message: 'neither a span such as +90d nor an ISO 8601 time',
  });

/** A time of a seed in milliseconds since the epoch; spans count from now. */
export function readSeedTime(text: string, clock: Clock): number {
  const span = SPAN.exec(text);
  return span === null ? Date.parse(text) : clock.now() + Number(span[1]) * (UNIT_MS[span[2] ?? ''] ?? 0);
}
