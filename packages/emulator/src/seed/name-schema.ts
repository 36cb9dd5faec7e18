import * as z from 'zod';

/** One path segment or label; `/`, control characters and blanks at the ends would make ids ambiguous. */
export const nameSchema: z.ZodString = z
  .string()
  .regex(/^[^\s/\\\p{Cc}](?:[^/\\\p{Cc}]*[^\s/\\\p{Cc}])?$/u, 'a name has no slash and no blank at its ends')
  .max(260);
