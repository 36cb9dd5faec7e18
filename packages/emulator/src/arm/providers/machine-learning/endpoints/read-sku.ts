import { isObject } from '../../../../core/json.js';
import type { WorkspaceResource } from '../../../../core/workspace-resource-rows.js';

/** `sku` of a request body, over that of before. */
export function readSku(
  value: unknown,
  existing: WorkspaceResource | undefined,
): Pick<WorkspaceResource, 'sku'> {
  if (isObject(value)) return { sku: { ...existing?.sku, ...value } };
  return existing?.sku === undefined ? {} : { sku: existing.sku };
}
