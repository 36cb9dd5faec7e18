import type { GenericResource } from '../../../core/generic-rows.js';
import type { ApiVersions } from '../../api-versions.js';

/** What tells one generic resource type from another. */
export interface GenericDescription {
  readonly type: string;
  readonly apiVersions: ApiVersions;
  readonly isName: (name: string) => boolean;
  /** Code and text of the refusal of any other name. */
  readonly badName: (name: string) => readonly [code: string, message: string];
  readonly kind: string | null;
  readonly sku: Readonly<Record<string, unknown>> | null;
  /** The properties that the service adds to those that it was given. */
  readonly serviceProperties: (row: GenericResource, tenantId: string) => Readonly<Record<string, unknown>>;
}
