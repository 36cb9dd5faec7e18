import stringWidth from 'string-width';

/**
 * A line for a terminal: broken at blanks so that no piece is wider than that, all but the first behind an indent. A word
 * that is wider, such as an id, keeps its line to itself, so that it can be copied. Pure.
 *
 * @param width - columns; undefined or too few to read by: the line stays as it is
 * @param hang - blanks before the second and later pieces, beside those that the line begins with. Default 0
 */
export function wrapLine(line: string, width: number | undefined, hang = 0): readonly string[] {
  if (width === undefined || width < NARROWEST || stringWidth(line) <= width) return [line];
  const [indent = ''] = /^ */.exec(line) ?? [];
  const pieces: string[] = [];
  let now = indent;
  for (const word of line.slice(indent.length).split(/(?<=\S)(?= )/)) {
    if (now.trim() !== '' && stringWidth(now + word) > width) {
      pieces.push(now);
      now = `${indent}${' '.repeat(hang)}${word.trimStart()}`;
    } else now += word;
  }
  return [...pieces, now];
}

const NARROWEST = 30;
