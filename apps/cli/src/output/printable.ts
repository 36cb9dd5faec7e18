// Control characters (terminal escapes among them) and marks that reorder text on the screen.
// eslint-disable-next-line no-control-regex -- taking control characters out is the purpose
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** The text on one line, without characters that could take over a terminal. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, ' ');
}
