import { jsonAnswer } from '../../../http/answer.js';
import { RESOURCES_VERSIONS } from '../../api-versions.js';
import type { ArmType } from '../../arm-context.js';
import { LOCATION_TABLE } from './location-table.js';

/** A region of Azure. */
export interface Location {
  /** Such as `westeurope`. */
  readonly name: string;
  /** Such as `West Europe`. */
  readonly displayName: string;
  readonly geographyGroup: string;
  /** The region that it is paired with. */
  readonly paired: string | undefined;
}

/** The regions of the public cloud. */
export const LOCATIONS: readonly Location[] = LOCATION_TABLE.flatMap(([geographyGroup, regions]) =>
  regions.map(([displayName, paired]) => ({
    name: nameOf(displayName),
    displayName,
    geographyGroup,
    paired: paired === undefined ? undefined : nameOf(paired),
  })),
);

const NAMES: ReadonlySet<string> = new Set(LOCATIONS.map(({ name }) => name));

/** Whether it is the name of a region, in lower case and without blanks. */
export function isLocation(name: string): boolean {
  return NAMES.has(name);
}

/** `/subscriptions/{id}/locations`. */
export const locations: ArmType = {
  type: 'Microsoft.Resources/subscriptions/locations',
  apiVersions: RESOURCES_VERSIONS,
  list: {
    rule: 'filtered',
    handler({ path }) {
      const scope = path.scope.toLowerCase();
      return jsonAnswer(200, { value: LOCATIONS.map((location) => present(location, scope)) });
    },
  },
};

function present({ name, displayName, geographyGroup, paired }: Location, scope: string): unknown {
  return {
    id: `${scope}/locations/${name}`,
    name,
    type: 'Region',
    displayName,
    regionalDisplayName: `(${geographyGroup}) ${displayName}`,
    metadata: {
      regionType: 'Physical',
      regionCategory: 'Recommended',
      geographyGroup,
      pairedRegion: paired === undefined ? [] : [{ name: paired, id: `${scope}/locations/${paired}` }],
    },
  };
}

function nameOf(displayName: string): string {
  return displayName.toLowerCase().replaceAll(' ', '');
}
