import type { ArmQuery } from '../arm/arm-url.js';
import type { Operation } from '../operations/operation.js';
import type { Transport } from '../transport.js';
import { parseResource } from './resource-schemas.js';
import type { ResourceShapes } from './resource-shapes.js';
import type { ActionType, ActionTypes } from './resource-type.js';
import { wrapSecrets, type Secrets } from './secret.js';

/** Options of one call. */
export interface ResourceCallOptions {
  /** More parameters, unencoded; `api-version` is not among them. */
  readonly query?: ArmQuery | undefined;
  /** Ends the call with `AML_CANCELLED`. What Azure has begun goes on. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of a listing. */
export interface ResourceListOptions extends ResourceCallOptions {
  /** Ends after so many items. */
  readonly limit?: number | undefined;
  /** Pages ahead of the caller, as in `ArmListRequest`. */
  readonly prefetch?: boolean | number | undefined;
}

/** What the items of a listing are read as. */
type ItemOf<A extends ActionType> = A extends { readonly schema: infer Name extends keyof ResourceShapes }
  ? ResourceShapes[Name]
  : unknown;

/** An action as a function. What gives secrets, and what only reads, is repeated like a read. */
export type ActionCall<A extends ActionType> = A['style'] extends 'operation'
  ? (body?: unknown, options?: ResourceCallOptions) => Promise<Operation>
  : A['style'] extends 'secrets'
    ? (
        options?: ResourceCallOptions & {
          /** Sent as JSON, where the action takes one. */
          readonly body?: unknown;
        },
      ) => Promise<Secrets>
    : A['style'] extends 'items'
      ? (options?: ResourceListOptions) => AsyncIterable<ItemOf<A>>
      : (body?: unknown, options?: ResourceCallOptions) => Promise<unknown>;

/** All actions of a table. */
export type Actions<T extends ActionTypes> = { readonly [Name in keyof T]: ActionCall<T[Name]> };

/** The actions of one resource, at its path. */
export function actionsOf<T extends ActionTypes>(
  transport: Transport,
  path: string,
  types: T,
  apiVersion: string,
): Actions<T> {
  const calls = Object.entries(types).map(([name, type]) => {
    const target = { path: `${path}/${type.path ?? name}`, apiVersion };
    return [name, actionOf(transport, target, type)] as const;
  });
  // The table gives the names, and the style of each the shape of its function.
  return Object.fromEntries(calls) as unknown as Actions<T>;
}

interface Target {
  readonly path: string;
  readonly apiVersion: string;
}

function actionOf(
  transport: Transport,
  target: Target,
  { style, method = 'POST', schema, itemsIn }: ActionType,
) {
  switch (style) {
    case 'operation':
      return async (body?: unknown, options?: ResourceCallOptions) =>
        transport.startOperation({ method: 'POST', ...target, body, ...options });
    case 'secrets':
      return async (options?: ResourceCallOptions & { readonly body?: unknown }) =>
        wrapSecrets(
          (await transport.request({ method: 'POST', ...target, retry: 'always', ...options })).body,
        );
    case 'items': {
      const name = schema ?? 'any';
      const onDrift = transport.driftOf(name);
      return (options?: ResourceListOptions) =>
        transport.listed({ ...target, method, itemsIn, ...options }, (item) =>
          parseResource(name, item, onDrift),
        );
    }
    case 'read':
    case 'reply':
      return async (body?: unknown, options?: ResourceCallOptions) => {
        const retry = style === 'read' ? 'always' : 'never';
        return (await transport.request({ method, ...target, body, retry, ...options })).body;
      };
  }
}
