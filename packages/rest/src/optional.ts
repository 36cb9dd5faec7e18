import type * as z from 'zod';

/** A schema that also takes nothing and null, which ARM uses alike. */
export function optional<T>(schema: z.ZodType<T>): z.ZodType<T | undefined> {
  return schema
    .nullable()
    .transform((value) => value ?? undefined)
    .optional();
}
