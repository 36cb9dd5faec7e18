/** A piece of a pattern: one literal character, `?`, or `*`. */
type Piece = { readonly literal: string } | 'one' | 'any';

/**
 * Whether a text fits a pattern of `StringLike`: `*` is any text, `?` one character, and a backslash in
 * front of either makes it plain. Takes time in proportion to the product of the lengths at most.
 */
export function isLike(text: string, pattern: string): boolean {
  const pieces = piecesOf(pattern);
  const characters = Array.from(text);
  let at = 0;
  let piece = 0;
  let star = -1;
  let retry = 0;
  while (at < characters.length) {
    const wanted = pieces[piece];
    if (wanted === 'any') {
      star = piece;
      retry = at;
      piece += 1;
    } else if (wanted === 'one' || (wanted !== undefined && wanted.literal === characters[at])) {
      at += 1;
      piece += 1;
    } else if (star !== -1) {
      // The last star takes one character more; earlier ones need not change.
      retry += 1;
      at = retry;
      piece = star + 1;
    } else {
      return false;
    }
  }
  return pieces.slice(piece).every((rest) => rest === 'any');
}

function piecesOf(pattern: string): readonly Piece[] {
  return [...pattern.matchAll(/\\[*?]|[^]/gu)].map(([piece]) => {
    if (piece === '*') return 'any';
    if (piece === '?') return 'one';
    return { literal: /^\\[*?]$/.test(piece) ? piece.slice(1) : piece };
  });
}
