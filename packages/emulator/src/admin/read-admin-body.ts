import { AmlAuthError } from '@aml-auth/core';
import type * as z from 'zod';

import { describeIssue } from '../core/describe-issue.js';
import type { AdminContext } from './admin-context.js';

/**
 * The body of a request to the administration interface.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` that names what is wrong
 */
export function readAdminBody<T>({ body }: AdminContext, schema: z.ZodType<T>): T {
  const result = schema.safeParse(body());
  if (result.success) return result.data;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The request cannot be carried out. ${describeIssue(result.error, 'The body')}`,
    remedy: 'docs/emulator-control.md shows the form of the body.',
    cause: result.error,
  });
}
