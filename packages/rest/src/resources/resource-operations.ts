import { AmlAuthError } from '@aml-auth/core';
import { armPath } from '../arm/arm-path.js';
import { mappedOperation, type Operation } from '../operations/operation.js';
import type { Transport } from '../transport.js';
import {
  actionsOf,
  type ActionCall,
  type ResourceCallOptions,
  type ResourceListOptions,
} from './resource-actions.js';
import { parseResource } from './resource-schemas.js';
import type { ResourceShapes } from './resource-shapes.js';
import type { ActionType, ActionTypes, ResourceType, WriteStyle } from './resource-type.js';

type Written<Style, R> = Style extends 'operation' ? Promise<Operation<R>> : Promise<R>;

/** The calls on resources of one type. Every call throws as `ArmClient.request` does. */
export interface AllCalls<T extends ResourceType> {
  /** Reads one. */
  get(name: string, options?: ResourceCallOptions): Promise<ResourceShapes[T['schema']]>;
  /** Page by page; throws on the first step. */
  list(options?: ResourceListOptions): AsyncIterable<ResourceShapes[T['schema']]>;
  /** Creates or replaces one. A lost answer does not double it. */
  put(
    name: string,
    body: unknown,
    options?: ResourceCallOptions,
  ): Written<T['calls']['put'], ResourceShapes[T['schema']]>;
  /** Changes one. Sent once. */
  patch(
    name: string,
    body: unknown,
    options?: ResourceCallOptions,
  ): Written<T['calls']['patch'], ResourceShapes[T['schema']]>;
  /** Computes need `query: { underlyingResourceAction: 'Delete' }` or `'Detach'`. */
  delete(name: string, options?: ResourceCallOptions): Written<T['calls']['delete'], undefined>;
}

/** An action on one resource of a type, which is named first. */
export type NamedAction<A extends ActionType> = (
  name: string,
  ...rest: Parameters<ActionCall<A>>
) => ReturnType<ActionCall<A>>;

/** Actions by name. */
export type NamedActions<T extends ActionTypes> = { readonly [Name in keyof T]: NamedAction<T[Name]> };

/** The client of one resource type: what its row of the table allows. */
export type ResourceOperations<T extends ResourceType = ResourceType> = Pick<
  AllCalls<T>,
  keyof AllCalls<T> & keyof T['calls']
> & {
  /** What can be done to one of these beyond reading and writing. */
  readonly actions: NamedActions<T['actions']>;
} & {
  /** The types that live in one resource, by its name: `models.versions('name')`. */
  readonly [Name in keyof T['children']]: (name: string) => ResourceOperations<T['children'][Name]>;
};

/** The clients of a table. */
export type ResourceClients<T extends Readonly<Record<keyof T, ResourceType>>> = {
  readonly [Name in keyof T]: ResourceOperations<T[Name]>;
};

/** The clients of all types of a table, below one path. */
export function resourceClients<T extends Readonly<Record<keyof T, ResourceType>>>(
  transport: Transport,
  base: string,
  types: T,
): ResourceClients<T> {
  const clients = Object.entries<ResourceType>(types).map(
    ([name, type]) => [name, operationsOf(transport, `${base}/${type.path}`, type)] as const,
  );
  // The table gives the names, and each row its type.
  return Object.fromEntries(clients) as unknown as ResourceClients<T>;
}

function operationsOf(transport: Transport, base: string, type: ResourceType): object {
  const { apiVersion = transport.apiVersion } = type;
  const pathOf = (name: string): string => base + armPath`/${name}`;
  const calls = Object.entries(callsOf(transport, { base, pathOf, apiVersion }, type)).filter(([name]) =>
    Object.hasOwn(type.calls, name),
  );
  const actions = Object.keys(type.actions).map((name) => {
    const call = (resource: string, ...rest: unknown[]): unknown => {
      const all = actionsOf(transport, pathOf(resource), type.actions, apiVersion);
      return (all[name] as (...given: unknown[]) => unknown)(...rest);
    };
    return [name, call] as const;
  });
  const children = Object.entries(type.children).map(([name, child]) => {
    const clients = (parent: string): object =>
      operationsOf(transport, `${pathOf(parent)}/${child.path}`, child);
    return [name, clients] as const;
  });
  const client: Record<string, unknown> = Object.fromEntries([...calls, ...children]);
  return { ...client, actions: Object.fromEntries(actions) };
}

interface Place {
  readonly base: string;
  readonly pathOf: (name: string) => string;
  readonly apiVersion: string;
}

function callsOf(transport: Transport, { base, pathOf, apiVersion }: Place, type: ResourceType): object {
  const { schema } = type;
  const onDrift = transport.driftOf(schema);
  const parse = (body: unknown): ResourceShapes[typeof schema] => parseResource(schema, body, onDrift);
  const write = async <R>(
    method: 'PUT' | 'PATCH' | 'DELETE',
    style: WriteStyle | undefined,
    name: string,
    read: (body: unknown) => R,
    more: ResourceCallOptions & { readonly body?: unknown },
  ): Promise<Operation<R> | R> => {
    const path = pathOf(name);
    const operation = mappedOperation(
      await transport.startOperation({ method, path, apiVersion, ...more }),
      read,
    );
    return style === 'operation' ? operation : operation.result({ signal: more.signal });
  };
  return {
    get: async (name: string, options?: ResourceCallOptions) =>
      parse((await transport.request({ method: 'GET', path: pathOf(name), apiVersion, ...options })).body),
    list: (options?: ResourceListOptions) => transport.listed({ path: base, apiVersion, ...options }, parse),
    put: async (name: string, body: unknown, options?: ResourceCallOptions) =>
      write('PUT', type.calls.put, name, parse, { body, ...options }),
    patch: async (name: string, body: unknown, options?: ResourceCallOptions) =>
      write('PATCH', type.calls.patch, name, parse, { body, ...options }),
    delete: async (name: string, options: ResourceCallOptions = {}) => {
      requireQuery(type, options);
      return write('DELETE', type.calls.delete, name, () => undefined, options);
    },
  };
}

function requireQuery({ path, deleteNeeds = [] }: ResourceType, { query = {} }: ResourceCallOptions): void {
  const missing = deleteNeeds.find((name) => query[name] === undefined);
  if (missing === undefined) return;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `A DELETE of ${path} needs ${missing} in its query.`,
    remedy: `Give query: { ${missing}: … }, as the documentation of ${path} says.`,
  });
}
