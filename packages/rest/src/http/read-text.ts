import { AmlAuthError } from '@aml-auth/core';

/** ARM drops pages above 8 MB; this leaves room, and stops what expands without end. */
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * The body as text (UTF-8).
 *
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID` beyond the limit of 32 MiB; what the stream throws
 */
export async function readText(response: Response, maxBytes: number = MAX_BYTES): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      throw new AmlAuthError({
        code: 'AML_RESPONSE_INVALID',
        message: `The response is larger than ${String(maxBytes)} bytes.`,
        remedy: 'Ask for less at once, for example with a filter or $top.',
      });
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
