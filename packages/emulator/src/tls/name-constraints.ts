/** One DER element: tag, length below 128, content. */
function der(tag: number, ...content: readonly (readonly number[])[]): readonly number[] {
  const bytes = content.flat();
  return [tag, bytes.length, ...bytes];
}

const SEQUENCE = 0x30;
const PERMITTED_SUBTREES = 0xa0;
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

const localhost = [...Buffer.from('localhost')];
const ipv4Loopback = [127, 0, 0, 0, 255, 0, 0, 0];
const ipv6Loopback = [...new Array<number>(15).fill(0), 1, ...new Array<number>(16).fill(255)];

/** The value of a name constraints extension (RFC 5280, section 4.2.1.10): localhost, 127.0.0.0/8 and ::1 only. */
export const LOOPBACK_NAME_CONSTRAINTS: ArrayBuffer = new Uint8Array(
  der(
    SEQUENCE,
    der(
      PERMITTED_SUBTREES,
      der(SEQUENCE, der(DNS_NAME, localhost)),
      der(SEQUENCE, der(IP_ADDRESS, ipv4Loopback)),
      der(SEQUENCE, der(IP_ADDRESS, ipv6Loopback)),
    ),
  ),
).buffer;
