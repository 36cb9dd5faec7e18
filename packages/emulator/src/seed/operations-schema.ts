import * as z from 'zod';

import { readSpan } from '../core/read-span.js';
import type { SeedOperations } from './seed-operations.js';

/** The form of the operations in a seed. */
export const operationsSchema: z.ZodType<SeedOperations> = z.strictObject({
  duration: z
    .string()
    .refine((value) => readSpan(value) !== undefined, 'not a duration such as 30s')
    .optional(),
  fail: z
    .array(
      z.strictObject({
        resource: z.string().min(1).optional(),
        outcome: z.enum(['Failed', 'Canceled']).optional(),
        code: z.string().min(1).optional(),
        message: z.string().min(1).optional(),
      }),
    )
    .optional(),
});
