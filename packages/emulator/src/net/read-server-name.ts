const CLIENT_HELLO = 1;
const SERVER_NAME = 0;
const HOST_NAME = 0;

/**
 * The host name that a client asks for in the first bytes of a TLS connection (RFC 8446, section 4.1.2; RFC
 * 6066, section 3).
 *
 * @returns undefined where there is none, as for IP addresses, or where the bytes end before it
 */
export function readServerName(bytes: Buffer): string | undefined {
  try {
    return findServerName(bytes);
  } catch (error) {
    // The bytes end too early, or are no such message.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function findServerName(bytes: Buffer): string | undefined {
  // Record header: 5 bytes. Handshake header: 4. Version and random: 34.
  if (bytes.readUInt8(5) !== CLIENT_HELLO) return undefined;
  let at = 43;
  at += 1 + bytes.readUInt8(at); // session id
  at += 2 + bytes.readUInt16BE(at); // cipher suites
  at += 1 + bytes.readUInt8(at); // compression methods
  const end = at + 2 + bytes.readUInt16BE(at);
  at += 2;
  while (at < end) {
    const type = bytes.readUInt16BE(at);
    const length = bytes.readUInt16BE(at + 2);
    if (type === SERVER_NAME) return nameIn(bytes, at + 4, length);
    at += 4 + length;
  }
  return undefined;
}

function nameIn(bytes: Buffer, start: number, length: number): string | undefined {
  if (length < 5 || bytes.readUInt8(start + 2) !== HOST_NAME) return undefined;
  const size = bytes.readUInt16BE(start + 3);
  if (start + 5 + size > bytes.length) throw new RangeError('The name is cut off.');
  return bytes.toString('latin1', start + 5, start + 5 + size);
}
