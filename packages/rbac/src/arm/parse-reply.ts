import { AmlAuthError } from '@aml-auth/core';
import * as z from 'zod';

/** A text; null, which ARM writes for nothing, is nothing. */
export const optionalText: z.ZodType<string | undefined> = z
  .string()
  .nullish()
  .transform((text) => text ?? undefined);

/** A list of texts; null or absence is an empty one. */
export const textList: z.ZodType<readonly string[]> = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

/**
 * The reply as `T`: unknown fields are ignored, `properties` and the flat form that the Azure CLI
 * prints both count. A field of the wrong type is an error and never left out: without its
 * condition an assignment would look like a wider one.
 *
 * @param what - names the reply in the error: `role assignment`
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID`
 */
export function parseReply<T>(schema: z.ZodType<T>, input: unknown, what: string): T {
  const result = schema.safeParse(flat(input));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue === undefined || issue.path.length === 0 ? 'it' : issue.path.map(String).join('.');
  throw new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `The service's answer is not a ${what}: ${field} is missing or of another type.`,
    remedy: 'Check the endpoint of the cloud, and that no proxy answers in its place.',
  });
}

/** `properties.type` of a role definition is its kind; the outer `type` is the same for all. */
function flat(input: unknown): unknown {
  if (!isObject(input)) return input;
  const { properties } = input;
  return isObject(properties) ? { roleType: properties['type'], ...input, ...properties } : input;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
