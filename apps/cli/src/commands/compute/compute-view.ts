import type { Cell } from '../../output/print-table.js';

/** A compute as the Azure Resource Manager gives it, as far as it is shown. */
export interface ShownCompute {
  readonly name?: string | undefined;
  readonly location?: string | undefined;
  readonly identity?: { readonly type?: string | undefined } | undefined;
  readonly properties?:
    | {
        readonly computeType?: string | undefined;
        readonly provisioningState?: string | undefined;
        readonly properties?: Readonly<Record<string, unknown>> | undefined;
      }
    | undefined;
}

/** What people see of a compute. */
export function computeRecord({ name, location, identity, properties }: ShownCompute): Record<string, Cell> {
  const text = (value: unknown): Cell => (typeof value === 'string' ? value : undefined);
  const own = properties?.properties ?? {};
  return {
    name,
    type: properties?.computeType,
    size: text(own['vmSize']),
    state: text(own['state']) ?? properties?.provisioningState,
    identity: identity?.type,
    location,
  };
}
