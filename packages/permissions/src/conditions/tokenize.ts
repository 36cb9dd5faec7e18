import { conditionError } from './condition-error.js';

/** A piece of a condition. */
export interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'guid' | 'attribute' | 'symbol' | 'end';
  /** The piece; without quotes for a text, and the part in brackets for an attribute. */
  readonly text: string;
  /** For an attribute: the word in front of the brackets. */
  readonly source?: string;
  /** Index of its first character. */
  readonly position: number;
}

/** In the order in which they are tried: a GUID may begin like a number. */
const RULES: readonly (readonly [kind: Token['kind'], rule: RegExp])[] = [
  ['attribute', /@?(?<source>[a-z]+)\[(?<text>[^\][]+)\]/iy],
  ['guid', /(?:[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|[\da-f]{32})(?![\w-])/iy],
  ['number', /-?\d+(?![\w.-])/y],
  ['string', /'(?<text>[^']*)'/y],
  ['word', /[a-z]+/iy],
  ['symbol', /&&|\|\||[!(){},:]/y],
];

/**
 * Cuts a condition into pieces.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` at a character that begins none
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let position = skipBlanks(text, 0);
  while (position < text.length) {
    const [token, length] = tokenAt(text, position);
    tokens.push(token);
    position = skipBlanks(text, position + length);
  }
  return tokens;
}

function tokenAt(text: string, position: number): readonly [token: Token, length: number] {
  for (const [kind, rule] of RULES) {
    rule.lastIndex = position;
    const match = rule.exec(text);
    if (match === null) continue;
    const source = match.groups?.['source'];
    const token = { kind, text: (match.groups?.['text'] ?? match[0]).trim(), position };
    const whole = kind === 'string' ? { ...token, text: match.groups?.['text'] ?? '' } : token;
    return [source === undefined ? whole : { ...whole, source }, match[0].length];
  }
  throw conditionError(
    text,
    position,
    text[position] === "'" ? 'the text has no end' : 'this is not expected',
  );
}

function skipBlanks(text: string, from: number): number {
  let position = from;
  while (position < text.length && /\s/.test(text.charAt(position))) position += 1;
  return position;
}
