import { der } from './der.js';

const SEQUENCE = 0x30;
const PERMITTED_SUBTREES = 0xa0;
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

const ipv4Loopback = [127, 0, 0, 0, 255, 0, 0, 0];
const ipv6Loopback = [...new Array<number>(15).fill(0), 1, ...new Array<number>(16).fill(255)];

/**
 * The value of a name constraints extension (RFC 5280, section 4.2.1.10): localhost, 127.0.0.0/8, ::1, and
 * the names that are given. A name stands for those below it too.
 */
export function nameConstraints(names: readonly string[]): ArrayBuffer {
  const dns = ['localhost', ...names].map((name) => der(SEQUENCE, der(DNS_NAME, Buffer.from(name))));
  const addresses = [ipv4Loopback, ipv6Loopback].map((range) => der(SEQUENCE, der(IP_ADDRESS, range)));
  return new Uint8Array(der(SEQUENCE, der(PERMITTED_SUBTREES, ...dns, ...addresses))).buffer;
}
