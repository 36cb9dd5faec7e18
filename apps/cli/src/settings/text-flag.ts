/** An optional flag with a text. */
export interface TextFlag {
  readonly kind: 'parsed';
  readonly parse: (value: string) => string;
  readonly optional: true;
  readonly brief: string;
  readonly placeholder: string;
}

const text = (value: string): string => value;

/** A {@link TextFlag}. */
export function textFlag(brief: string, placeholder: string): TextFlag {
  return { kind: 'parsed', parse: text, optional: true, brief, placeholder };
}

/** A positional argument with a text. */
export function textArgument(
  brief: string,
  placeholder: string,
): { readonly parse: (value: string) => string; readonly brief: string; readonly placeholder: string } {
  return { parse: text, brief, placeholder };
}

/** An optional flag that may stand several times. */
export interface ListFlag extends TextFlag {
  readonly variadic: true;
}

/** A {@link ListFlag}. */
export function listFlag(brief: string, placeholder: string): ListFlag {
  return { ...textFlag(brief, placeholder), variadic: true };
}
