import { BlockList, isIP } from 'node:net';

/** Whether a text is a range of IP addresses in CIDR notation (RFC 4632; RFC 4291, section 2.3). */
export function isAddressRange(text: string): boolean {
  return splitRange(text) !== undefined;
}

/** Whether an address lies in one of the ranges. */
export function isInRanges(ranges: readonly string[], address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const list = new BlockList();
  for (const range of ranges) {
    const parts = splitRange(range);
    if (parts !== undefined) list.addSubnet(parts.address, parts.prefix, parts.family);
  }
  return list.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

function splitRange(
  text: string,
): { readonly address: string; readonly prefix: number; readonly family: 'ipv4' | 'ipv6' } | undefined {
  const [, address = '', bits = ''] = /^([\d.:a-fA-F]+)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(address);
  const prefix = Number(bits);
  if (family === 0 || prefix > (family === 4 ? 32 : 128)) return undefined;
  return { address, prefix, family: family === 4 ? 'ipv4' : 'ipv6' };
}
