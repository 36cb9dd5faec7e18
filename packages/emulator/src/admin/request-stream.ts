import type { Exchange } from '../core/exchange.js';
import type { AdminContext } from './admin-context.js';
import { summarize } from './summarize.js';

/** Events that may wait for a client that does not read; then it is disconnected, and may come back. */
const MOST_WAITING = 1_000;

/**
 * Exchanges as they happen, after those since a number, as server-sent events (WHATWG, HTML, section 9.2):
 * `request` with a summary, whose id is the number.
 */
export function requestStream({ call, log, store }: AdminContext, since: number): Response {
  const encoder = new TextEncoder();
  let leave = (): void => undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const end = (): void => {
          leave();
          controller.close();
        };
        const send = (exchange: Exchange): void => {
          if ((controller.desiredSize ?? 0) <= 0) {
            end();
            return;
          }
          const data = JSON.stringify(summarize(store, exchange));
          controller.enqueue(encoder.encode(`id: ${exchange.sequence}\nevent: request\ndata: ${data}\n\n`));
        };
        const unsubscribe = log.subscribe(send);
        const { closing } = call.world;
        leave = () => {
          unsubscribe();
          closing.removeEventListener('abort', end);
        };
        closing.addEventListener('abort', end, { once: true });
        // Says at once that the connection stands, and how soon to come back, in milliseconds.
        controller.enqueue(encoder.encode('retry: 1000\n\n'));
        for (const exchange of log.since(since)) send(exchange);
      },
      cancel: () => {
        leave();
      },
    },
    { highWaterMark: MOST_WAITING + 1_000 },
  );
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
}
