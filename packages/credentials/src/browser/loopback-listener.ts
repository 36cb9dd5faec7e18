import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AmlAuthError } from '@aml-auth/core';
import { bindLoopback } from './bind-loopback.js';
import { readCallback, type CallbackDecision } from './read-callback.js';
import { redirectUriOf, type RedirectTarget } from './redirect-target.js';
import { resultPage, type ResultPage, type ResultPages, type ServedPage } from './result-page.js';

/** The answer of the authority, and the browser that brought it and waits for a page. */
export interface BrowserAnswer {
  readonly fields: URLSearchParams;
  /** Shows the last page. Resolves when it is handed over, and never rejects. */
  readonly show: (page: ResultPage) => Promise<void>;
}

/** A listener for one answer. */
export interface LoopbackListener {
  /** As it must be sent to the authority. */
  readonly redirectUri: string;
  /** Rejects with `AML_RESPONSE_INVALID` where the answer came in the address. */
  readonly answer: Promise<BrowserAnswer>;
  /** Ends all connections and frees the port. */
  readonly close: () => void;
}

/** A form with a code has a few kilobytes. */
const MAX_BODY_BYTES = 64 * 1024;
/** Browsers on the same machine are quick; a slower request holds a connection for nothing. */
const REQUEST_LIMIT_MS = 10_000;

/**
 * Listens on loopback for the one answer with this state. Everything else is refused with a constant page
 * and does not end the wait; what comes after the answer is refused too.
 *
 * @throws {AmlAuthError} `AML_UNAVAILABLE` where the port is taken or there is no loopback address
 */
export async function listenForAnswer(
  target: RedirectTarget,
  state: string,
  pages?: ResultPages,
): Promise<LoopbackListener> {
  let settle: ((answer: BrowserAnswer) => void) | undefined;
  let fail: ((error: AmlAuthError) => void) | undefined;
  const answer = new Promise<BrowserAnswer>((resolve, reject) => {
    settle = resolve;
    fail = reject;
  });
  // Whoever waits for it gets the rejection; it may come before anybody does.
  answer.catch(() => undefined);

  const servers: Server[] = [];
  let host = '';
  const port = await bindLoopback(target, () => {
    const server = createServer(
      { headersTimeout: REQUEST_LIMIT_MS, requestTimeout: REQUEST_LIMIT_MS },
      serve,
    );
    servers.push(server);
    return server;
  }).catch((error: unknown) => {
    close();
    throw error;
  });
  host = `${target.hostname}:${port}`;

  const send = (response: ServerResponse, status: number, page: ResultPage): Promise<void> =>
    sendPage(response, status, resultPage(page, pages));

  function serve(request: IncomingMessage, response: ServerResponse): void {
    void decide(request).then((decision) => {
      if (decision === undefined) return send(response, 413, 'notForThis');
      if (decision.then === 'refuse') return send(response, decision.status, 'notForThis');
      // The first answer counts: a second one, of a page that was loaded again, has nothing to add.
      if (settle === undefined) return send(response, 410, 'notForThis');
      const done = settle;
      settle = undefined;
      if (decision.then === 'inAddress') {
        fail?.(answerInAddress());
        return send(response, 400, 'failed');
      }
      done({ fields: decision.fields, show: (page) => send(response, 200, page) });
      return undefined;
    });
  }

  async function decide(request: IncomingMessage): Promise<CallbackDecision | undefined> {
    const { method = '', url = '', headers } = request;
    const known = { method, url, host: headers.host, contentType: headers['content-type'] };
    const expected = { host, path: target.path, state };
    const early = readCallback({ ...known, body: undefined }, expected);
    // Only a form at the right place is worth reading.
    if (method !== 'POST' || (early.then === 'refuse' && early.status !== 400)) return early;
    const body = await readBody(request);
    return body === undefined ? undefined : readCallback({ ...known, body }, expected);
  }

  function close(): void {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  }

  return { redirectUri: redirectUriOf(target, port), answer, close };
}

/** Undefined where it is too large, or broke off. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) return undefined;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString();
  } catch {
    return undefined;
  }
}

function sendPage(response: ServerResponse, status: number, page: ServedPage): Promise<void> {
  const { headers, text } = page;
  return new Promise((resolve) => {
    response.on('close', resolve);
    response.writeHead(status, headers).end(text, () => {
      resolve();
    });
  });
}

function answerInAddress(): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: 'The answer to the sign-in came in the address instead of in a form, and was not used.',
    remedy: 'Check what stands between the browser and the authority: response_mode=form_post was asked for.',
  });
}
