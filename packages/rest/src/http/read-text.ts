import { AmlAuthError } from '@aml-auth/core';
import { ReceivedResponse } from './direct/received-response.js';

/** ARM drops pages above 8 MB; this leaves room, and stops what expands without end. */
export const MAX_BODY_BYTES: number = 32 * 1024 * 1024;

/**
 * The body as text (UTF-8).
 *
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID` beyond the limit of 32 MiB; what the stream throws
 */
export async function readText(response: Response, maxBytes: number = MAX_BODY_BYTES): Promise<string> {
  // Its size was bounded as it came.
  if (response instanceof ReceivedResponse) return response.text();
  if (response.body === null) return '';
  // What is not compressed is as long as it says, and the platform reads it fastest.
  const { headers } = response;
  const announced = headers.has('content-encoding')
    ? Number.NaN
    : Number(headers.get('content-length') ?? NaN);
  if (announced <= maxBytes) return response.text();
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      void reader.cancel().catch(() => undefined);
      throw tooLarge(maxBytes);
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** The error of a body that is longer than it may be. */
export function tooLarge(maxBytes: number): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `The response is larger than ${String(maxBytes)} bytes.`,
    remedy: 'Ask for less at once, for example with a filter or $top.',
  });
}
