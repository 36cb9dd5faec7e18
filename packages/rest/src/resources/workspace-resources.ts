import { z } from 'zod';
import { armPath } from '../arm/arm-path.js';
import type { ArmQuery } from '../arm/arm-url.js';
import type { Operation } from '../operations/operation.js';
import { optional } from '../optional.js';
import { parseLeniently } from '../parse-leniently.js';
import { parseWorkspaceRef, type WorkspaceRef } from '../resource-names.js';
import type { Transport } from '../transport.js';
import { RESOURCE_TYPES, type ResourceType } from './resource-table.js';
import { wrapSecrets, type Secrets } from './secret.js';

/** A resource of a workspace in the shape of ARM. Fields that are not listed here are kept at run time. */
export interface WorkspaceResource {
  /** The ARM id. */
  readonly id: string;
  readonly name: string;
  readonly type?: string | undefined;
  readonly location?: string | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Options of one call. */
export interface ResourceCallOptions {
  readonly query?: ArmQuery | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The resources of one type in a workspace. Every call throws as `ArmClient.request` does. */
export interface ResourceOperations<T extends ResourceType = ResourceType> {
  get(name: string, options?: ResourceCallOptions): Promise<WorkspaceResource>;
  /** Page by page; throws on the first step. */
  list(
    options?: ResourceCallOptions & { readonly limit?: number | undefined },
  ): AsyncIterable<WorkspaceResource>;
  /** Creates or replaces one. A lost answer does not double it. */
  put(name: string, body: unknown, options?: ResourceCallOptions): Promise<Operation>;
  /** Computes need `query: { underlyingResourceAction: 'Delete' }` or `'Detach'`. */
  delete(name: string, options?: ResourceCallOptions): Promise<Operation>;
  /** POST actions; those that give secrets are repeated like reads, and their secrets do not print. */
  readonly actions: {
    readonly [Name in keyof T['actions']]: T['actions'][Name] extends 'secrets'
      ? (name: string, options?: ResourceCallOptions) => Promise<Secrets>
      : (name: string, body?: unknown, options?: ResourceCallOptions) => Promise<Operation>;
  };
}

/** The typed clients of one workspace. */
export type WorkspaceResources = {
  readonly [Name in keyof typeof RESOURCE_TYPES]: ResourceOperations<(typeof RESOURCE_TYPES)[Name]>;
};

const resource: z.ZodType<WorkspaceResource> = z.looseObject({
  id: z.string().min(1),
  name: z.string().min(1),
  type: optional(z.string()),
  location: optional(z.string()),
  properties: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((held) => held ?? {}),
});

/**
 * The clients of a workspace, made from the table of resource types.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for bad names
 */
export function workspaceResources(transport: Transport, ref: WorkspaceRef): WorkspaceResources {
  const { subscriptionId, resourceGroup, workspaceName } = parseWorkspaceRef(ref);
  const workspace = armPath`/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.MachineLearningServices/workspaces/${workspaceName}`;
  const clients = Object.entries(RESOURCE_TYPES).map(
    ([name, type]) => [name, operationsOf(transport, `${workspace}/${type.path}`, type)] as const,
  );
  // The table gives the names and the actions of the type.
  return Object.fromEntries(clients) as unknown as WorkspaceResources;
}

function operationsOf(transport: Transport, base: string, type: ResourceType): ResourceOperations {
  const { apiVersion, onDrift } = transport;
  const pathOf = (name: string): string => base + armPath`/${name}`;
  const parse = (body: unknown): WorkspaceResource => parseLeniently(resource, body, type.path, onDrift);
  const actions = Object.entries(type.actions).map(([action, kind]) => {
    const pathOfAction = (name: string): string => `${pathOf(name)}/${action}`;
    if (kind === 'operation') {
      const start = async (name: string, body?: unknown, options?: ResourceCallOptions): Promise<Operation> =>
        transport.startOperation({ method: 'POST', path: pathOfAction(name), apiVersion, body, ...options });
      return [action, start] as const;
    }
    const ask = async (name: string, options?: ResourceCallOptions): Promise<Secrets> => {
      const path = pathOfAction(name);
      const reply = await transport.request({
        method: 'POST',
        path,
        apiVersion,
        retry: 'always',
        ...options,
      });
      return wrapSecrets(reply.body);
    };
    return [action, ask] as const;
  });
  return {
    get: async (name, options) =>
      parse((await transport.request({ method: 'GET', path: pathOf(name), apiVersion, ...options })).body),
    async *list(options) {
      for await (const item of transport.list({ path: base, apiVersion, ...options })) yield parse(item);
    },
    put: async (name, body, options) =>
      transport.startOperation({ method: 'PUT', path: pathOf(name), apiVersion, body, ...options }),
    delete: async (name, options) =>
      transport.startOperation({ method: 'DELETE', path: pathOf(name), apiVersion, ...options }),
    actions: Object.fromEntries(actions) as ResourceOperations['actions'],
  };
}
