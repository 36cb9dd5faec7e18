/** One element of ASN.1 in DER, or in BER as older tools write it. */
export interface Element {
  readonly tag: number;
  /** Without tag and length. */
  readonly content: Buffer;
  /** With them. */
  readonly whole: Buffer;
}

export const SEQUENCE = 0x30;
const INTEGER = 0x02;
const OID = 0x06;
const OCTETS = 0x04;
/** `[0]` of another element. */
export const CONTEXT_0 = 0xa0;
const CONSTRUCTED = 0x20;
const INDEFINITE = 0x80;
const MOST_LEVELS = 32;

/**
 * The elements that stand one after the other in these bytes
 * ([X.690](https://www.itu.int/rec/T-REC-X.690)). Tags of one byte only, which is all that PKCS #12 has.
 *
 * @throws {Error} where the bytes end too early
 */
export function elementsIn(bytes: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length;) {
    const element = elementAt(bytes, at, 0);
    found.push(element);
    at += element.whole.length;
  }
  return found;
}

/** The first element in the bytes; what follows is left alone. */
export function firstElement(bytes: Buffer): Element {
  return elementAt(bytes, 0, 0);
}

/** The parts of a sequence. @throws {Error} for another element, or none */
export function partsOf(element: Element | undefined): Element[] {
  return elementsIn(expectTag(element, SEQUENCE).content);
}

/** The same element. @throws {Error} where it is missing, or has another tag */
export function expectTag(element: Element | undefined, tag: number): Element {
  if (element?.tag === tag) return element;
  throw new Error('another element was expected');
}

/** An object identifier in hexadecimal, as it is encoded. */
export function oidOf(element: Element | undefined): string {
  return expectTag(element, OID).content.toString('hex');
}

/** A small whole number. @throws {Error} for one that is negative, or larger than 32 bits */
export function integerOf(element: Element | undefined): number {
  const { content } = expectTag(element, INTEGER);
  const hex = content.toString('hex');
  if (content.length === 0 || content.length > 5 || (content[0] ?? 0) > 0x7f)
    throw new Error('a small number was expected');
  return Number.parseInt(hex, 16);
}

/** The bytes of an octet string, in one piece or in several; also as `[0] IMPLICIT`. */
export function octetsOf(element: Element | undefined): Buffer {
  if (element === undefined) throw new Error('an octet string was expected');
  if (element.tag === OCTETS || element.tag === (CONTEXT_0 & ~CONSTRUCTED)) return element.content;
  const inPieces = element.tag === (OCTETS | CONSTRUCTED) || element.tag === CONTEXT_0;
  if (!inPieces) throw new Error('an octet string was expected');
  return Buffer.concat(elementsIn(element.content).map((piece) => expectTag(piece, OCTETS).content));
}

function elementAt(bytes: Buffer, at: number, level: number): Element {
  const tag = byteAt(bytes, at);
  const first = byteAt(bytes, at + 1);
  if (first === INDEFINITE) return indefiniteAt(bytes, at, tag, level);
  let begin = at + 2;
  let length = first;
  if (first > INDEFINITE) {
    const size = first - INDEFINITE;
    if (size > 4) throw new Error('a length is too large');
    length = 0;
    for (let index = 0; index < size; index += 1) length = length * 256 + byteAt(bytes, begin + index);
    begin += size;
  }
  if (begin + length > bytes.length) throw new Error('the bytes end too early');
  return { tag, content: bytes.subarray(begin, begin + length), whole: bytes.subarray(at, begin + length) };
}

/** Goes on until two zero bytes. */
function indefiniteAt(bytes: Buffer, at: number, tag: number, level: number): Element {
  if ((tag & CONSTRUCTED) === 0 || level > MOST_LEVELS) throw new Error('an unusable length');
  const begin = at + 2;
  let end = begin;
  while (byteAt(bytes, end) !== 0 || byteAt(bytes, end + 1) !== 0) {
    end += elementAt(bytes, end, level + 1).whole.length;
  }
  return { tag, content: bytes.subarray(begin, end), whole: bytes.subarray(at, end + 2) };
}

function byteAt(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new Error('the bytes end too early');
  return byte;
}
