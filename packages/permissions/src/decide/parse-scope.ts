import { AmlAuthError } from '@aml-auth/core';

import { normalizeScope } from './normalize-scope.js';

/** Where a scope stands in the hierarchy, from the widest. */
export type ScopeLevel = 'root' | 'managementGroup' | 'subscription' | 'resourceGroup' | 'resource';

/** The parts of a scope, as written. */
export interface Scope {
  /** What the id stands for. */
  readonly level: ScopeLevel;
  /** Without a trailing slash. */
  readonly id: string;
  /** Name of the management group, which is not always its display name. */
  readonly managementGroup?: string;
  /** As in the id; undefined at the root and for a management group. */
  readonly subscriptionId?: string;
  /** Name of the resource group; undefined above it, and for resources of a subscription itself. */
  readonly resourceGroup?: string;
  /** For a resource: such as `Microsoft.MachineLearningServices/workspaces/computes`. */
  readonly resourceType?: string;
  /** For a resource: the last name in the id, such as that of the compute. */
  readonly resourceName?: string;
  /** For a resource: the id of what it is part of, such as the workspace of a compute; else its own. */
  readonly topResourceId?: string;
}

type Parts = Omit<Scope, 'level' | 'id'>;

/**
 * Takes a scope apart.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where it is no complete resource id
 */
export function parseScope(scope: string): Scope {
  const text = typeof scope === 'string' ? scope.trim() : '';
  if (text === '/') return { level: 'root', id: '/' };
  const id = text.replace(/\/$/, '');
  const parts = normalizeScope(id) === undefined ? undefined : partsOf(id);
  if (parts === undefined) throw notAScope(scope);
  return { level: levelOf(parts), id, ...parts };
}

function partsOf(id: string): Parts | undefined {
  const segments = id.slice(1).split('/');
  const outer = outerParts(segments);
  const rest = segments.slice(outer.length);
  if (rest.length === 0) return outer.length === 0 ? undefined : outer.parts;
  const resource = resourceParts(rest);
  if (resource === undefined) return undefined;
  const { top, ...named } = resource;
  const topResourceId = `/${segments.slice(0, outer.length + top).join('/')}`;
  return { ...outer.parts, ...named, topResourceId };
}

/** The container of resources, and how many segments it takes. */
function outerParts(segments: readonly string[]): { readonly parts: Parts; readonly length: number } {
  const [first, second, third, fourth] = segments;
  if (is(first, 'subscriptions') && second !== undefined) {
    return is(third, 'resourcegroups') && fourth !== undefined
      ? { parts: { subscriptionId: second, resourceGroup: fourth }, length: 4 }
      : { parts: { subscriptionId: second }, length: 2 };
  }
  const isManagementGroup =
    is(first, 'providers') && is(second, 'microsoft.management') && is(third, 'managementgroups');
  return isManagementGroup && fourth !== undefined
    ? { parts: { managementGroup: fourth }, length: 4 }
    : { parts: {}, length: 0 };
}

/** Type and name of the last resource; `top` counts the segments of the first one. */
function resourceParts(
  rest: readonly string[],
): { readonly resourceType: string; readonly resourceName: string; readonly top: number } | undefined {
  let type: string[] = [];
  let resourceName: string | undefined;
  for (let index = 0; index < rest.length; index += 2) {
    const [word = '', value] = rest.slice(index, index + 2);
    if (value === undefined) return undefined;
    if (is(word, 'providers')) {
      if (type.length === 1) return undefined;
      type = [value];
      resourceName = undefined;
    } else {
      if (type.length === 0) return undefined;
      type.push(word);
      resourceName = value;
    }
  }
  return resourceName === undefined ? undefined : { resourceType: type.join('/'), resourceName, top: 4 };
}

function levelOf(parts: Parts): ScopeLevel {
  if (parts.resourceType !== undefined) return 'resource';
  if (parts.resourceGroup !== undefined) return 'resourceGroup';
  return parts.subscriptionId === undefined ? 'managementGroup' : 'subscription';
}

function is(segment: string | undefined, name: string): boolean {
  return segment?.toLowerCase() === name;
}

function notAScope(scope: unknown): AmlAuthError {
  const shown = typeof scope === 'string' ? JSON.stringify(scope.slice(0, 200)) : typeof scope;
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The scope ${shown} is not the id of a resource, resource group, subscription or management group.`,
    remedy: 'Give a scope such as /subscriptions/{subscription id}/resourceGroups/{name}, or / for the root.',
  });
}
