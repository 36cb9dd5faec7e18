import type { AccessAttributes } from '@aml-auth/permissions';

import type { Caller } from '../entra/verify-bearer.js';
import type { Call } from '../http/call.js';
import type { Access } from './access.js';
import type { ApiVersions } from './api-versions.js';
import type { ArmPath } from './parse-arm-path.js';

/** What a resource provider gets to work on, once the caller is known and may do what it asks. */
export interface ArmContext {
  readonly call: Call;
  readonly path: ArmPath;
  readonly caller: Caller;
  /** The tenant of the caller and of the scope. */
  readonly tenantId: string;
  readonly access: Access;
  /** Every resource type that there is. */
  readonly types: readonly ArmType[];
  /** Whether the caller may do something, beyond what the request itself asks for. */
  readonly may: (action: string, scope: string) => boolean;
  /** Another resource as a GET answers it, without asking for the right to. */
  readonly read: (id: string) => Response | Promise<Response>;
  /** The JSON object in the body, or a refusal. */
  readonly body: () => Readonly<Record<string, unknown>>;
}

export type ArmHandler = (context: ArmContext) => Response | Promise<Response>;

/**
 * How the right to list is decided: `enforced` asks for the right to read at the scope of the list;
 * `filtered` also lets callers pass that have a role further down, and `open` every caller. The
 * handlers of the last two leave out what the caller may not read.
 */
export type ListRule = 'enforced' | 'filtered' | 'open';

/** One resource type and what can be done with it. */
export interface ArmType {
  /** In its own spelling, which refusals use too. */
  readonly type: string;
  readonly apiVersions: ApiVersions;
  readonly list?: {
    readonly rule: ListRule | ((context: ArmContext) => ListRule);
    readonly handler: ArmHandler;
  };
  /** Also answers HEAD. */
  readonly get?: ArmHandler;
  readonly put?: ArmHandler;
  readonly patch?: ArmHandler;
  readonly delete?: ArmHandler;
  /**
   * What `POST {id}/{action}` does, by the name of the action in Azure's spelling, such as `listKeys`. The
   * right is `{type}/{action}/action` at the resource; `path` of the context is that of the resource.
   */
  readonly actions?: Readonly<Record<string, ArmHandler>>;
  /** Those of {@link ArmType.actions} whose right is `{type}/{action}/read`, by the list of the provider's operations. */
  readonly readActions?: readonly string[];
  /** Whether this one resource is for every caller to read. */
  readonly isPublic?: (context: ArmContext) => boolean;
  /** Whether the caller may read this one resource because it is its own. */
  readonly isOwn?: (context: ArmContext) => boolean;
  /** What `POST {scope}/…/{type}` does for a type that is an operation by itself, such as `elevateAccess`. */
  readonly post?: ArmHandler;
  /**
   * Decides in place of Azure RBAC.
   *
   * @returns why it is allowed, for the header `x-emu-decision`
   * @throws a refusal
   */
  readonly gate?: (context: ArmContext) => string;
  /** Where the right to the request is needed, if not at the resource itself. */
  readonly decideAt?: (context: ArmContext) => string | undefined;
  /** What conditions of role assignments can know of the request and the resource. */
  readonly attributes?: (context: ArmContext) => AccessAttributes;
}
