import { MACHINE_LEARNING } from '../../../../core/arm-ids.js';
import type { Properties } from '../read-properties.js';

/** A family of endpoints. */
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
  /** Properties that an endpoint has where nobody says. */
  readonly defaults: Properties;
  /**
   * Properties by which clients find it.
   *
   * @param address - where it is called, without a path
   */
  readonly addresses: (address: string) => Properties;
}

/** `…/workspaces/{workspace}/onlineEndpoints`. */
export const ONLINE: EndpointFamily = {
  path: 'onlineEndpoints',
  type: `${MACHINE_LEARNING}/workspaces/onlineEndpoints`,
  deploymentType: `${MACHINE_LEARNING}/workspaces/onlineEndpoints/deployments`,
  noun: 'Online endpoint',
  authModes: ['Key', 'AMLToken', 'AADToken'],
  kind: 'Managed',
  defaults: {
    description: null,
    publicNetworkAccess: 'Enabled',
    traffic: {},
    mirrorTraffic: {},
    compute: null,
  },
  addresses: (address) => ({ scoringUri: `${address}/score`, swaggerUri: `${address}/swagger.json` }),
};

/** `…/workspaces/{workspace}/batchEndpoints`. */
export const BATCH: EndpointFamily = {
  path: 'batchEndpoints',
  type: `${MACHINE_LEARNING}/workspaces/batchEndpoints`,
  deploymentType: `${MACHINE_LEARNING}/workspaces/batchEndpoints/deployments`,
  noun: 'Batch endpoint',
  authModes: ['AADToken'],
  kind: null,
  defaults: { description: null, publicNetworkAccess: 'Enabled' },
  addresses: (address) => ({ scoringUri: `${address}/jobs`, swaggerUri: null }),
};

/** `…/workspaces/{workspace}/serverlessEndpoints`. */
export const SERVERLESS: EndpointFamily = {
  path: 'serverlessEndpoints',
  type: `${MACHINE_LEARNING}/workspaces/serverlessEndpoints`,
  deploymentType: `${MACHINE_LEARNING}/workspaces/serverlessEndpoints/deployments`,
  noun: 'Serverless endpoint',
  authModes: ['Key', 'AAD', 'KeyAndAAD'],
  kind: null,
  defaults: { endpointState: 'Online', contentSafety: null, marketplaceSubscriptionId: null },
  addresses: (address) => ({ inferenceEndpoint: { uri: address, headers: {} } }),
};
