import { AmlAuthError } from '@aml-auth/core';
import * as z from 'zod';
import { trustedUrl } from '../http/trusted-url.js';

/**
 * A long-running operation as JSON: enough to follow it in another process, with a client of the same
 * cloud. Holds no token.
 */
export interface OperationHandle {
  readonly version: 1;
  /** Of the first request: the end of a PUT or PATCH is the resource, that of a DELETE nothing. */
  readonly method: 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** What the first request was about. */
  readonly resourceUrl: string;
  /** `status`: by `Azure-AsyncOperation`; `location`: by `Location`; `resource`: by its `provisioningState`. */
  readonly style: 'status' | 'location' | 'resource';
  /** Where to ask how far it is. On the host of Azure Resource Manager. */
  readonly pollUrl: string;
  /** Where the result is, of a POST that has both headers. */
  readonly resultUrl?: string | undefined;
  /** `x-ms-correlation-request-id` of all its requests. */
  readonly correlationId: string;
  /** What ends the work in Azure, where the start named it. */
  readonly cancelBy?: { readonly method: 'POST' | 'DELETE'; readonly url: string } | undefined;
}

const handle = z.object({
  version: z.literal(1),
  method: z.enum(['PUT', 'PATCH', 'POST', 'DELETE']),
  resourceUrl: z.string(),
  style: z.enum(['status', 'location', 'resource']),
  pollUrl: z.string(),
  resultUrl: z.string().optional(),
  correlationId: z.guid(),
  cancelBy: z.object({ method: z.enum(['POST', 'DELETE']), url: z.string() }).optional(),
});

/**
 * The handle, checked: it comes from a file or a queue.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for what is no handle, `AML_UNTRUSTED_HOST` for one of another host
 */
export function parseOperationHandle(value: unknown, endpoint: string): OperationHandle {
  const parsed = handle.safeParse(value);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `The handle of the operation is not valid${field === '' ? '' : `: ${field}`}.`,
      remedy: 'Give what operation.toJSON() returned.',
    });
  }
  const { resourceUrl, pollUrl, resultUrl, cancelBy } = parsed.data;
  for (const url of [resourceUrl, pollUrl, resultUrl, cancelBy?.url]) {
    if (url !== undefined) trustedUrl(url, endpoint);
  }
  return parsed.data;
}
