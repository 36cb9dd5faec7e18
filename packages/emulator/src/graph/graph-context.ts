import type { Call } from '../http/call.js';
import type { GraphCaller } from './authenticate-graph.js';
import type { GraphOperation } from './graph-permissions.js';

/** What a handler gets to work on, once the caller is known and may do what it asks. */
export interface GraphContext {
  readonly call: Call;
  readonly caller: GraphCaller;
  readonly tenantId: string;
  /** `https://localhost:PORT/graph/v1.0`. */
  readonly base: string;
  /** What stands in place of each `{}` of the route. */
  readonly ids: readonly string[];
  /** The JSON object in the body, or a refusal. */
  readonly body: () => Readonly<Record<string, unknown>>;
}

/** What answers one kind of request. */
export interface GraphEndpoint {
  readonly operation: GraphOperation;
  /** Object ids of the owners of what the request works on, where ownership counts. */
  readonly owners?: (context: GraphContext) => readonly string[];
  readonly handler: (context: GraphContext) => Response;
}

/** Method and path after the version, such as `GET users/{}`, where `{}` stands for an id → endpoint. */
export type GraphRoutes = Readonly<Record<string, GraphEndpoint>>;
