/** Control characters, and those that turn the direction of text or cannot be seen: a name must not pretend to be another. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * A text of others as it is shown to people: on one line, in one direction, and no longer than that.
 *
 * @param most - characters that are kept. Default 200
 */
export function shownText(text: string, most = 200): string {
  const line = text
    .slice(0, most * 2)
    .replace(/[\t\n\r]+/g, ' ')
    .replaceAll(HIDDEN, '\uFFFD');
  const characters = Array.from(line);
  return characters.length > most || text.length > most * 2
    ? `${characters.slice(0, most - 1).join('')}…`
    : characters.join('');
}
