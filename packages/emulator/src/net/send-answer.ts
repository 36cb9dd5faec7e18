import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { breakageOf } from '../http/broken-answer.js';

/** Delivers an answer, or as much of it as a fault leaves. Rejects where the client goes away. */
export async function sendAnswer(answer: Response, response: ServerResponse, isHead: boolean): Promise<void> {
  const breakage = breakageOf(answer);
  if (breakage?.kind === 'reset') {
    endConnection(response);
    return;
  }
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.statusCode = answer.status;
  if (answer.body !== null && answer.headers.get('content-type')?.startsWith('text/event-stream') === true) {
    response.flushHeaders();
    await pipeline(Readable.fromWeb(answer.body), response);
    return;
  }
  const text = Buffer.from(await answer.arrayBuffer());
  if (!isHead && answer.status !== 204) response.setHeader('content-length', text.length);
  if (breakage === undefined) {
    response.end(text);
    return;
  }
  // The announced length stays, so that clients notice.
  response.write(text.subarray(0, breakage.bytes), () => {
    endConnection(response);
  });
}

function endConnection(response: ServerResponse): void {
  response.socket?.destroy();
}
