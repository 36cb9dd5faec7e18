/** A secret that does not print: `JSON.stringify`, `String` and `util.inspect` show `[redacted]`. */
export interface Secret {
  /** The secret itself. */
  reveal(): string;
  toString(): string;
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

/** Wraps every text of a reply, in any depth: what is no secret today may become one. */
export function wrapSecrets(value: unknown): Secrets {
  if (typeof value === 'string') return createSecret(value);
  if (Array.isArray(value)) return value.map(wrapSecrets);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, wrapSecrets(held)]));
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
