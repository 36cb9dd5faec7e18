import * as z from 'zod';

import type { SeedClock } from './seed-clock.js';

/** The form of `clock` in a seed. */
export const clockSchema: z.ZodType<SeedClock> = z.strictObject({
  now: z
    .string()
    .refine((value) => !Number.isNaN(Date.parse(value)), 'not an ISO 8601 time')
    .optional(),
  mode: z.enum(['real', 'frozen', 'offset']).optional(),
});
