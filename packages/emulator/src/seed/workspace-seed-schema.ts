import * as z from 'zod';

import type { SeedDatastore, SeedEndpoint, SeedJob } from './workspace-seed.js';

const assetName = z
  .string()
  .regex(/^[a-z\d][\w-]{0,254}$/i, 'a name has up to 255 letters, digits, - and _, a letter or digit first');
const deploymentName = z
  .string()
  .regex(/^[a-z][\w-]{0,30}[a-z\d]$/i, 'a deployment name has 2 to 32 letters, digits, - and _');

/** The form of a `SeedDatastore`. */
export const datastoreSchema: z.ZodType<SeedDatastore> = z
  .strictObject({
    name: assetName,
    type: z.enum(['AzureBlob', 'AzureFile', 'AzureDataLakeGen2']).optional(),
    account: z.string().min(1),
    container: z.string().min(1),
    accountKey: z.string().min(1).optional(),
    sasToken: z.string().min(1).optional(),
  })
  .refine(({ accountKey, sasToken }) => accountKey === undefined || sasToken === undefined, {
    message: 'a datastore has an accountKey or a sasToken, not both',
  });

/** The form of a `SeedEndpoint`. */
export const endpointSchema: z.ZodType<SeedEndpoint> = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z\d-]{1,30}[a-z\d]$/i, 'an endpoint name has 3 to 32 letters, digits and -'),
    auth: z.enum(['key', 'aml-token', 'aad-token']).optional(),
    identity: z.string().min(1).optional(),
    deployments: z.array(deploymentName).optional(),
    traffic: z.record(z.string(), z.int().min(0).max(100)).optional(),
    keys: z.strictObject({ primary: z.string().min(1), secondary: z.string().min(1) }).optional(),
  })
  .refine(
    ({ deployments = ['default'], traffic = {} }) =>
      Object.keys(traffic).every((name) => deployments.includes(name)),
    {
      message: 'traffic is for deployments that are there',
    },
  )
  .refine(({ traffic }) => [0, 100].includes(sum(traffic)), { message: 'traffic adds up to 0 or 100' });

/** The form of a `SeedJob`. */
export const jobSchema: z.ZodType<SeedJob> = z.strictObject({
  name: assetName,
  status: z.enum(['Queued', 'Running', 'Completed', 'Failed', 'Canceled']).optional(),
  compute: z.string().min(1).optional(),
  command: z.string().min(1).optional(),
  experiment: z.string().min(1).optional(),
  user: z.string().min(1).optional(),
});

function sum(traffic: Readonly<Record<string, number>> | undefined): number {
  return Object.values(traffic ?? {}).reduce((total, share) => total + share, 0);
}
