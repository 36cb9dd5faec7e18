import { MACHINE_LEARNING } from '../../../../core/arm-ids.js';

/** The two families of endpoints. */
export interface EndpointFamily {
  /** In paths. */
  readonly path: string;
  /** Resource type. */
  readonly type: string;
  readonly deploymentType: string;
  readonly noun: string;
  /** What callers of an endpoint may prove themselves with. */
  readonly authModes: readonly string[];
  /** What `kind` is where nobody says. */
  readonly kind: string | null;
}

/** `…/workspaces/{workspace}/onlineEndpoints`. */
export const ONLINE: EndpointFamily = {
  path: 'onlineEndpoints',
  type: `${MACHINE_LEARNING}/workspaces/onlineEndpoints`,
  deploymentType: `${MACHINE_LEARNING}/workspaces/onlineEndpoints/deployments`,
  noun: 'Online endpoint',
  authModes: ['Key', 'AMLToken', 'AADToken'],
  kind: 'Managed',
};

/** `…/workspaces/{workspace}/batchEndpoints`. */
export const BATCH: EndpointFamily = {
  path: 'batchEndpoints',
  type: `${MACHINE_LEARNING}/workspaces/batchEndpoints`,
  deploymentType: `${MACHINE_LEARNING}/workspaces/batchEndpoints/deployments`,
  noun: 'Batch endpoint',
  authModes: ['AADToken'],
  kind: null,
};
