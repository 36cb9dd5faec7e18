import { createHash } from 'node:crypto';

/** The name space of these names (RFC 9562, section 5.5). Chosen once; to change it would double assignments. */
const NAME_SPACE = Buffer.from('b6f3c9d21d5e4c0f9a7e3f8b5c2d4e61', 'hex');

/** The version 5 UUID (RFC 9562) of a list of texts. Equal lists have equal names, in every release. */
export function nameUuid(parts: readonly string[]): string {
  const bytes = createHash('sha1').update(NAME_SPACE).update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
