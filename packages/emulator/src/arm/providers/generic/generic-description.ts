import type { GenericResource } from '../../../core/generic-rows.js';
import type { ApiVersions } from '../../api-versions.js';
import type { OperationRequest } from '../../operations/start-operation.js';

/** What tells one generic resource type from another. */
export interface GenericDescription {
  readonly type: string;
  readonly apiVersions: ApiVersions;
  readonly isName: (name: string) => boolean;
  /** Code and text of the refusal of any other name. */
  readonly badName: (name: string) => readonly [code: string, message: string];
  /** How a new one comes about, where it takes time. */
  readonly creation: Pick<OperationRequest, 'kind' | 'style' | 'runningState'> | undefined;
  readonly kind: string | null;
  readonly sku: Readonly<Record<string, unknown>> | null;
  /** The properties that the service adds to those that it was given. */
  readonly serviceProperties: (row: GenericResource, tenantId: string) => Readonly<Record<string, unknown>>;
}
