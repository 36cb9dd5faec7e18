import { asText, isObject } from '../../../../core/json.js';
import type { Store } from '../../../../core/store.js';
import { resourcesIn } from '../../../../core/workspace-resource-rows.js';
import { mfeInvalid } from '../mfe-refusal.js';
import { readProperties, type Properties } from '../read-properties.js';
import type { EndpointFamily } from './endpoint-types.js';

/** What the body of a PUT says about an endpoint. */
export interface RequestedEndpoint {
  readonly properties: Properties;
  /** Keys that the creator chose. */
  readonly keys: { readonly primary: string | undefined; readonly secondary: string | undefined };
}

/**
 * Reads and checks `properties` of an endpoint.
 *
 * @throws a refusal: 400 `UserError`
 */
export function readEndpoint(
  store: Store,
  family: EndpointFamily,
  id: string,
  body: Properties,
): RequestedEndpoint {
  const { keys, ...given } = readProperties(body, ['authMode']);
  const authMode = family.authModes.find(
    (mode) => mode.toLowerCase() === asText(given['authMode'])?.toLowerCase(),
  );
  if (authMode === undefined) {
    throw mfeInvalid(
      `The authMode '${asText(given['authMode']) ?? ''}' is not valid. It can be ${family.authModes.join(', ')}.`,
    );
  }
  const names = resourcesIn(store, id, family.deploymentType).map(({ name }) => name);
  checkTraffic(given['traffic'], names);
  return {
    properties: { ...given, authMode },
    keys: {
      primary: isObject(keys) ? asText(keys['primaryKey']) : undefined,
      secondary: isObject(keys) ? asText(keys['secondaryKey']) : undefined,
    },
  };
}

/** Deployment → percentage: deployments that are there, 0 or 100 in all. */
function checkTraffic(traffic: unknown, deployments: readonly string[]): void {
  if (traffic === undefined || traffic === null) return;
  if (!isObject(traffic)) throw mfeInvalid('The request is invalid: properties.traffic is not an object.');
  const unknown = Object.keys(traffic).find((name) => !deployments.includes(name));
  if (unknown !== undefined)
    throw mfeInvalid(`The traffic names the deployment ${unknown}, which does not exist.`);
  const shares: readonly unknown[] = Object.values(traffic);
  const isShare = (share: unknown): share is number =>
    typeof share === 'number' && Number.isSafeInteger(share) && share >= 0;
  const sum = shares.filter(isShare).reduce((total, share) => total + share, 0);
  if (!shares.every(isShare) || (sum !== 0 && sum !== 100)) {
    throw mfeInvalid(
      `The traffic must be whole percentages that add up to 0 or 100, not ${JSON.stringify(traffic)}.`,
    );
  }
}
