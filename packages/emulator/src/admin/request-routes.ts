import { toHar } from '../control/journal/to-har.js';
import { emptyAnswer, jsonAnswer, plainError } from '../http/answer.js';
import type { AdminContext, AdminRoutes } from './admin-context.js';
import { adviseExchange } from './advise-exchange.js';
import { summarize } from './summarize.js';
import { requestStream } from './request-stream.js';

/** The record of requests. */
export const requestRoutes: AdminRoutes = {
  'GET requests': (context) => {
    const found = context.log.since(since(context));
    return jsonAnswer(200, {
      value: found.map((exchange) => summarize(context.store, exchange)),
      last: context.log.exchanges.at(-1)?.sequence ?? 0,
    });
  },
  'GET requests/stream': (context) => requestStream(context, since(context)),
  'GET requests/{}': (context) => {
    const exchange = context.log.get(Number(context.ids[0]));
    if (exchange === undefined) return plainError(404, 'NotFound', 'There is no such request any more.');
    return jsonAnswer(200, {
      ...summarize(context.store, exchange),
      ...exchange,
      advice: adviseExchange(context.store, exchange),
    });
  },
  'DELETE requests': ({ log }) => {
    log.clear();
    return emptyAnswer(204);
  },
  'GET har': (context) =>
    jsonAnswer(200, toHar(context.log.since(since(context))), {
      'content-disposition': 'attachment; filename="emulator.har"',
    }),
};

/** The number after which to start. Browsers send it in a header when they connect to a stream anew. */
function since({ call }: AdminContext): number {
  const value = Number(call.headers.get('last-event-id') ?? call.query.get('since') ?? 0);
  return Number.isSafeInteger(value) && value > 0 ? value : 0;
}
