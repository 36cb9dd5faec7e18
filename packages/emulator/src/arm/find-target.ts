import { plainError, type Refusal } from '../http/answer.js';
import { armRefusal } from './arm-refusal.js';
import type { ArmContext, ArmHandler, ArmType } from './arm-context.js';
import { findNamespace } from './namespaces.js';
import { parseArmPath, type ArmPath } from './parse-arm-path.js';

/** What a request is for. */
export interface ArmTarget {
  /** Undefined where there is no such type or action. */
  readonly type: ArmType | undefined;
  /** The path with the type in Azure's spelling; that of an action ends in its name. */
  readonly path: ArmPath;
  /** Set where the request is an action on a resource. */
  readonly action?: { readonly handler: ArmHandler; readonly path: ArmPath };
}

/** Finds the type that a path is about, and the action on one of its resources. */
export function findTarget(
  types: readonly ArmType[],
  method: string,
  segments: readonly string[],
  path: ArmPath,
): ArmTarget {
  const action = method === 'POST' && path.isCollection ? findAction(types, segments, path) : undefined;
  if (action !== undefined) return action;
  const type = findType(types, path.type);
  return { type, path: { ...path, type: type?.type ?? path.type } };
}

/** The resource type of that name, in any case. */
export function findType(types: readonly ArmType[], name: string): ArmType | undefined {
  return types.find(({ type }) => type.toLowerCase() === name.toLowerCase());
}

function findAction(
  types: readonly ArmType[],
  segments: readonly string[],
  path: ArmPath,
): ArmTarget | undefined {
  // Without a name before it, only a resource provider of a subscription has actions.
  if (path.names.length === 0 && !/^\/subscriptions\/[^/]+$/.test(path.scope)) return undefined;
  const resource = parseArmPath(segments.slice(0, -1));
  const type = resource.isCollection ? undefined : findType(types, resource.type);
  const wanted = segments.at(-1)?.toLowerCase();
  const [name, handler] =
    Object.entries(type?.actions ?? {}).find(([action]) => action.toLowerCase() === wanted) ?? [];
  if (type === undefined || name === undefined || handler === undefined) return undefined;
  return {
    type,
    path: { ...path, type: `${actionPrefix(types, type, resource)}/${name}` },
    action: { handler, path: { ...resource, type: type.type } },
  };
}

/** What the right to an action starts with. Those of resource providers start with the namespace alone. */
function actionPrefix(types: readonly ArmType[], type: ArmType, resource: ArmPath): string {
  if (type.type !== 'Microsoft.Resources/subscriptions/providers') return type.type;
  const given = resource.names[0] ?? '';
  return findNamespace(types, given) ?? given;
}

/** What answers a request for a type; 405 where it has no such method. */
export function handlerOf(type: ArmType, { call, path }: ArmContext): ArmHandler {
  const handlers: Readonly<Record<string, ArmHandler | undefined>> = path.isCollection
    ? { GET: type.list?.handler, POST: type.post }
    : { GET: type.get, HEAD: type.get, PUT: type.put, PATCH: type.patch, DELETE: type.delete };
  const handler = handlers[call.method];
  if (handler !== undefined) return handler;
  const allowed = Object.keys(handlers).filter((method) => handlers[method] !== undefined);
  const message = `The requested resource does not support http method '${call.method}'.`;
  return () => plainError(405, 'MethodNotAllowed', message, { allow: allowed.join(', ') });
}

/** 404 for a resource type or action that the emulator does not have. */
export function unknownType(path: ArmPath): Refusal {
  const [namespace = '', ...types] = path.type.split('/');
  const message = `The resource type '${types.join('/')}' could not be found in the namespace '${namespace}'. The emulator does not have it.`;
  return armRefusal(404, 'InvalidResourceType', message);
}
