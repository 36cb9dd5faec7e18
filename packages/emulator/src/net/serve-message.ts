import type { IncomingMessage, ServerResponse } from 'node:http';

import { plainError } from '../http/answer.js';
import { BODY_LIMIT, bodyTooLarge, type Handle } from '../handle.js';
import { readBody } from './read-body.js';
import { sendAnswer } from './send-answer.js';
import { toRequest } from './to-request.js';

/** Answers one message of `node:http` with what the core answers. */
export async function serveMessage(
  handle: Handle,
  message: IncomingMessage,
  response: ServerResponse,
  tls: boolean,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  const body = await readBody(message, BODY_LIMIT);
  const incoming = body === undefined ? undefined : toRequest(message, tls, body);
  const answer =
    body === undefined
      ? bodyTooLarge()
      : incoming === undefined
        ? plainError(400, 'BadRequest', 'The request target is not a path or URL that can be served.')
        : await handle(incoming.request, { ...incoming.connection, signal: gone.signal });
  // What is left of an oversized body is not worth reading.
  if (body === undefined) response.once('finish', () => message.destroy());
  await sendAnswer(answer, response, message.method === 'HEAD');
}
