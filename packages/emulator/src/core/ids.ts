import { createHash } from 'node:crypto';

/** Namespace of every id that the emulator derives from a name (RFC 9562, section 5.5). */
const NAMESPACE = Buffer.from('7d0f3b5c2a1e4f6c9b8a6e5d4c3b2a10', 'hex');

/**
 * The version 5 UUID of a name path, so that the same seed always gives the same ids.
 *
 * @param path - what the id is for, such as `'tenant', 'contoso', 'app', 'trainer'`
 */
export function idFor(...path: readonly string[]): string {
  // JSON keeps ('a', 'b/c') and ('a/b', 'c') apart.
  const name = JSON.stringify(path.map((part) => part.toLowerCase()));
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return formatGuid(bytes.toString('hex'));
}

/** 32 hexadecimal digits as a GUID in its usual form. */
export function formatGuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A GUID as Azure writes it inside error messages: without dashes. */
export function compactGuid(guid: string): string {
  return guid.replaceAll('-', '');
}
