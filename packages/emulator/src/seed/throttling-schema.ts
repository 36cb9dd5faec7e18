import * as z from 'zod';

/** How many requests of a kind there may be. */
export interface SeedBucket {
  /** Requests at once. */
  readonly size: number;
  /** Requests gained a second. */
  readonly perSecond: number;
}

/**
 * How Azure Resource Manager limits requests, for each principal in a subscription or tenant: `false` for
 * not at all, `azure` for the limits of Azure (250 reads and 25 more a second, 200 writes and deletes and
 * 10 more a second), or limits of your own; what is left out is as large as any test needs.
 */
export type SeedThrottling =
  | false
  | 'azure'
  | {
      /** For GET and HEAD. */
      readonly reads?: SeedBucket | undefined;
      /** For PUT, PATCH and POST. */
      readonly writes?: SeedBucket | undefined;
      /** For DELETE. */
      readonly deletes?: SeedBucket | undefined;
    };

const bucket = z.strictObject({ size: z.int().min(1), perSecond: z.number().positive() });

/** The form of the limits in a seed. */
export const throttlingSchema: z.ZodType<SeedThrottling> = z.union(
  [
    z.literal(false),
    z.literal('azure'),
    z.strictObject({ reads: bucket.optional(), writes: bucket.optional(), deletes: bucket.optional() }),
  ],
  { error: 'neither false nor "azure" nor { reads, writes, deletes } with { size, perSecond } each' },
);
