import type { PrincipalType } from '@aml-auth/permissions';

import { odataText } from '../arm/odata-filter.js';
import type { Graph, GraphListRequest } from './graph-client.js';
import { parsePrincipal, type Principal } from './principal.js';

/** The kinds that can be looked for by name. */
export type NamedPrincipalType = Extract<PrincipalType, 'User' | 'Group' | 'ServicePrincipal'>;

/** Which principals {@link findPrincipals} looks for. */
export interface FindPrincipalsOptions {
  /** The display name, in any case, or the user principal name of a user where it has an `@`. */
  readonly name: string;
  /** Default: all three kinds. */
  readonly type?: NamedPrincipalType | undefined;
  /** Ends the call with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/** Where each kind is, and what is asked for of each object. */
export const COLLECTIONS: Readonly<
  Record<NamedPrincipalType, { readonly path: string; readonly fields: string }>
> = {
  User: { path: '/users', fields: 'id,displayName,userPrincipalName' },
  Group: { path: '/groups', fields: 'id,displayName' },
  ServicePrincipal: { path: '/servicePrincipals', fields: 'id,displayName,appId,servicePrincipalType' },
};

const KINDS = Object.keys(COLLECTIONS) as readonly NamedPrincipalType[];

/**
 * The users, groups and service principals of this very name. Display names are not unique, and anybody may give an
 * object of theirs the name of another: never act on the first of them.
 *
 * @throws {AmlAuthError} what the `GraphClient` throws, such as `AML_FORBIDDEN` where the caller may not list one of
 *   the kinds
 */
export async function findPrincipals(
  graph: Graph,
  { name, type, signal }: FindPrincipalsOptions,
): Promise<readonly Principal[]> {
  const kinds = type === undefined ? KINDS : [type];
  const found = await Promise.all(
    kinds.map((kind) => {
      const property = kind === 'User' && name.includes('@') ? 'userPrincipalName' : 'displayName';
      return listPrincipals(graph, kind, `${property} eq ${odataText(name)}`, signal);
    }),
  );
  return found.flat();
}

/** The principals of one kind that meet a filter. */
export async function listPrincipals(
  graph: Graph,
  type: NamedPrincipalType,
  filter: string,
  signal: AbortSignal | undefined,
): Promise<readonly Principal[]> {
  const { path, fields } = COLLECTIONS[type];
  const request: GraphListRequest = { path, query: { $filter: filter, $select: fields }, signal };
  const list: Principal[] = [];
  for await (const item of graph.list(request)) {
    const principal = parsePrincipal(item, type);
    if (principal !== undefined) list.push(principal);
  }
  return list;
}
