import { AmlAuthError } from '@aml-auth/core';
import type * as z from 'zod';

/** Called with the fields that were left out because they are not what the type says, as `a.b.c`. */
export type OnDrift = (fields: readonly string[]) => void;

type Path = readonly PropertyKey[];

/**
 * The input as `T`. Services drift: a field that does not fit is left out and told to `onDrift`,
 * and only an input that lacks what `T` cannot do without is an error.
 *
 * @param what - names the input in the error: `workspace`
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID`
 */
export function parseLeniently<T>(schema: z.ZodType<T>, input: unknown, what: string, onDrift?: OnDrift): T {
  const first = schema.safeParse(input);
  if (first.success) return first.data;
  const paths = first.error.issues.map(({ path }) => path);
  const second = schema.safeParse(paths.reduce(without, input));
  if (!second.success) {
    const [issue] = second.error.issues;
    const field = issue === undefined || issue.path.length === 0 ? 'it' : name(issue.path);
    throw new AmlAuthError({
      code: 'AML_RESPONSE_INVALID',
      message: `The service's answer is not a ${what}: ${field} is missing or of another type.`,
      remedy: 'Check the api-version; if it is the default, report the answer.',
    });
  }
  onDrift?.(paths.map(name));
  return second.data;
}

function name(path: Path): string {
  return path.map(String).join('.');
}

/** A copy without the value at the path. Copies along the path only. */
function without(value: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  if (key === undefined || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => {
      if (index !== key) return [item];
      return rest.length === 0 ? [] : [without(item, rest)];
    });
  }
  const entries = Object.entries(value).flatMap(([field, held]: [string, unknown]) => {
    if (field !== key) return [[field, held] as const];
    return rest.length === 0 ? [] : [[field, without(held, rest)] as const];
  });
  return Object.fromEntries(entries);
}
