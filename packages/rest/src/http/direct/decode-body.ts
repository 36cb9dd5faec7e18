import type * as Zlib from 'node:zlib';
import { tooLarge } from '../read-text.js';

type Coder = (
  bytes: Uint8Array,
  options: Zlib.ZlibOptions,
  done: (error: Error | null, decoded: Uint8Array<ArrayBuffer>) => void,
) => void;

/** More of them one over the other are no compression, but an attack (fetch of undici). */
const MOST_CODINGS = 5;

/**
 * Undoes the `Content-Encoding` of a body (RFC 9110, 8.4), as `fetch` does: a coding that is not known leaves it as it came,
 * and of one that is cut off what is there is taken. `node:zlib` is loaded at the first use.
 *
 * @param maxBytes - of what comes out, after each step
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID` beyond that; the error of `node:zlib` for what is not so encoded
 */
export async function decodeBody(
  bytes: Uint8Array<ArrayBuffer>,
  contentEncoding: string | null,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (contentEncoding === null || bytes.byteLength === 0) return bytes;
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim());
  if (codings.length > MOST_CODINGS) throw new TypeError('The body is encoded too many times.');
  const zlib = process.getBuiltinModule('node:zlib');
  if (!codings.every((coding) => coderOf(zlib, coding, bytes) !== undefined)) return bytes;
  let decoded = bytes;
  for (const coding of codings.reverse()) decoded = await run(zlib, coding, decoded, maxBytes);
  return decoded;
}

function run(
  zlib: typeof Zlib,
  coding: string,
  bytes: Uint8Array<ArrayBuffer>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const [code, finishFlush] = coderOf(zlib, coding, bytes) ?? [];
  return new Promise((resolve, reject) => {
    code?.(bytes, { finishFlush, maxOutputLength: maxBytes }, (error, decoded) => {
      if (error === null) resolve(decoded);
      else
        reject((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(maxBytes) : error);
    });
  });
}

function coderOf(zlib: typeof Zlib, coding: string, bytes: Uint8Array): readonly [Coder, number] | undefined {
  const { constants } = zlib;
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return [zlib.gunzip, constants.Z_SYNC_FLUSH];
    case 'deflate':
      // Some servers leave out the zlib header, whose first byte says 8 for the method (RFC 1950).
      return [((bytes[0] ?? 0) & 0x0f) === 8 ? zlib.inflate : zlib.inflateRaw, constants.Z_SYNC_FLUSH];
    case 'br':
      return [zlib.brotliDecompress, constants.BROTLI_OPERATION_FLUSH];
    case 'zstd': {
      // Node.js has it from 22.15 on.
      const { zstdDecompress } = zlib as { zstdDecompress?: Coder };
      return zstdDecompress === undefined ? undefined : [zstdDecompress, constants.ZSTD_e_continue];
    }
    default:
      return undefined;
  }
}
