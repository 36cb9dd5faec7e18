import { asText } from '../../core/json.js';
import { armRefusal } from '../arm-refusal.js';
import { isLocation, LOCATIONS } from './resources/locations.js';
import { normalizeLocation } from './normalize-location.js';

/** What there is already at the id. */
interface Existing {
  readonly name: string;
  readonly location: string;
  readonly resourceGroup: string;
}

/**
 * The location in the body of a PUT. A resource that is there stays where it is.
 *
 * @param type - the resource type, for refusals
 * @throws a refusal: 400 `LocationRequired` or `LocationNotAvailableForResourceType`, 409 `InvalidResourceLocation`
 */
export function readLocation(value: unknown, existing: Existing | undefined, type: string): string {
  const location = normalizeLocation(asText(value) ?? existing?.location);
  if (location === undefined) {
    throw armRefusal(400, 'LocationRequired', 'The location property is required for this definition.');
  }
  if (existing === undefined && !isLocation(location)) {
    const message = `The provided location '${location}' is not available for resource type '${type}'. List of available regions for the resource type is '${LOCATIONS.map(({ name }) => name).join(',')}'.`;
    throw armRefusal(400, 'LocationNotAvailableForResourceType', message);
  }
  if (existing !== undefined && existing.location !== location) {
    const message = `The resource '${existing.name}' already exists in location '${existing.location}' in resource group '${existing.resourceGroup}'. A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`;
    throw armRefusal(409, 'InvalidResourceLocation', message);
  }
  return location;
}
