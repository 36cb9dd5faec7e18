import { Refusal } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { authenticateGraph } from './authenticate-graph.js';
import { authorizeGraph } from './authorize-graph.js';
import { demandStepUp } from './demand-step-up.js';
import type { GraphContext, GraphEndpoint } from './graph-context.js';
import { badRequest, clientRequestId, graphRefusal } from './graph-refusal.js';
import { GRAPH_ROUTES } from './graph-routes.js';
import { matchRoute, parseGraphPath, type GraphPath } from './parse-graph-path.js';
import { userInfo } from './user-info.js';
import { readGraphBody } from './read-graph-body.js';

/** Microsoft Graph: `/graph/v1.0/…`. */
export async function graphService(call: Call): Promise<Response> {
  let decision: string | undefined;
  const response = await respond(call, (text) => (decision = text)).catch((error: unknown) => {
    if (error instanceof Refusal) return error.answer(call);
    throw error;
  });
  response.headers.set('request-id', call.requestId);
  response.headers.set('client-request-id', clientRequestId(call));
  if (response.status !== 204) response.headers.set('odata-version', '4.0');
  if (decision !== undefined) response.headers.set('x-emu-decision', decision);
  return response;
}

async function respond(call: Call, onDecision: (text: string) => void): Promise<Response> {
  if (call.segments.slice(1).join('/').toLowerCase() === 'oidc/userinfo') return userInfo(call);
  const path = parseGraphPath(call.segments);
  if (path === undefined) {
    const message = `Invalid version: '${call.segments[1]?.slice(0, 200) ?? ''}'. The emulator has v1.0 and beta.`;
    throw graphRefusal(400, 'BadRequest', message);
  }
  const caller = await authenticateGraph(call);
  const found = findRoute(call, path);
  const context: GraphContext = {
    call,
    caller,
    tenantId: caller.tenantId,
    base: `${call.faces.graph}/${path.version}`,
    ids: found.ids,
    body: () => readGraphBody(call.body),
  };
  const { endpoint } = found;
  onDecision(authorizeGraph(caller, endpoint.operation, endpoint.owners?.(context) ?? []));
  demandStepUp(call, caller, endpoint.operation);
  return endpoint.handler(context);
}

const ROUTES = Object.entries(GRAPH_ROUTES).map(([route, endpoint]) => {
  const [method = '', path = ''] = route.split(' ');
  return { method, path, endpoint };
});

function findRoute(
  call: Call,
  { segments }: GraphPath,
): { readonly endpoint: GraphEndpoint; readonly ids: readonly string[] } {
  const here = ROUTES.flatMap((route) => {
    const ids = matchRoute(route.path, segments);
    return ids === undefined ? [] : [{ ...route, ids }];
  });
  const found = here.find(({ method }) => method === call.method);
  if (found !== undefined) return found;
  if (here.length > 0) {
    const allow = [...new Set(here.map(({ method }) => method))].join(', ');
    const message = `The method '${call.method}' is not allowed here.`;
    throw graphRefusal(405, 'Request_BadRequest', message, { allow });
  }
  const [first = ''] = segments;
  const exists = ROUTES.some(({ path }) => path.split('/')[0]?.toLowerCase() === first.toLowerCase());
  throw badRequest(
    exists
      ? `The emulator does not have the path '${segments.join('/').slice(0, 200)}' of Microsoft Graph.`
      : `Resource not found for the segment '${first.slice(0, 200)}'.`,
  );
}
