import { AmlAuthError } from '@aml-auth/core';

/** A secret that does not print: `JSON.stringify`, `String` and `util.inspect` show `[redacted]`. */
export interface Secret {
  /** The secret itself. */
  reveal(): string;
  /** `[redacted]`. */
  toString(): string;
  /** `[redacted]`. */
  toJSON(): string;
}

/** Wraps a {@link Secret}. */
export function createSecret(value: string): Secret {
  const printed = (): string => '[redacted]';
  const secret = { reveal: () => value, toString: printed, toJSON: printed };
  Object.defineProperty(secret, Symbol.for('nodejs.util.inspect.custom'), { value: printed });
  return Object.freeze(secret);
}

/** A reply that holds secrets: every text in it is one. */
export type Secrets =
  Secret | number | boolean | null | undefined | readonly Secrets[] | { readonly [name: string]: Secrets };

/** Replies of Azure are a few levels deep; what is deeper would only exhaust the stack. */
const MAX_DEPTH = 100;

/**
 * Wraps every text of a reply, in any depth: what is no secret today may become one.
 *
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID` for a reply of more than 100 levels
 */
export function wrapSecrets(value: unknown, depth = 0): Secrets {
  if (depth > MAX_DEPTH) throw tooDeep();
  if (typeof value === 'string') return createSecret(value);
  if (Array.isArray(value)) return value.map((held) => wrapSecrets(held, depth + 1));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, held]) => [name, wrapSecrets(held, depth + 1)]),
    );
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function tooDeep(): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `The service's answer with secrets has more than ${String(MAX_DEPTH)} levels.`,
    remedy: 'Check the endpoint of the cloud, and that no proxy answers in its place.',
  });
}
