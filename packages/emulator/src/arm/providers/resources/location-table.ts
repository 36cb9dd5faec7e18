/** A region by the name that people see, and the region that it is paired with. */
type Region = readonly [displayName: string, paired?: string];

/** The regions of the public cloud by the part of the world that Azure files them under. */
export const LOCATION_TABLE: readonly (readonly [geographyGroup: string, regions: readonly Region[]])[] = [
  [
    'US',
    [
      ['East US', 'West US'],
      ['East US 2', 'Central US'],
      ['South Central US', 'North Central US'],
      ['West US 2', 'West Central US'],
      ['West US 3', 'East US'],
      ['Central US', 'East US 2'],
      ['North Central US', 'South Central US'],
      ['West US', 'East US'],
      ['West Central US', 'West US 2'],
    ],
  ],
  [
    'Canada',
    [
      ['Canada Central', 'Canada East'],
      ['Canada East', 'Canada Central'],
    ],
  ],
  ['Mexico', [['Mexico Central']]],
  [
    'South America',
    [['Brazil South', 'South Central US'], ['Brazil Southeast', 'Brazil South'], ['Chile Central']],
  ],
  [
    'Europe',
    [
      ['North Europe', 'West Europe'],
      ['West Europe', 'North Europe'],
      ['UK South', 'UK West'],
      ['UK West', 'UK South'],
      ['France Central', 'France South'],
      ['France South', 'France Central'],
      ['Germany West Central', 'Germany North'],
      ['Germany North', 'Germany West Central'],
      ['Norway East', 'Norway West'],
      ['Norway West', 'Norway East'],
      ['Sweden Central', 'Sweden South'],
      ['Sweden South', 'Sweden Central'],
      ['Switzerland North', 'Switzerland West'],
      ['Switzerland West', 'Switzerland North'],
      ['Italy North'],
      ['Poland Central'],
      ['Spain Central'],
      ['Austria East'],
    ],
  ],
  [
    'Asia Pacific',
    [
      ['Southeast Asia', 'East Asia'],
      ['East Asia', 'Southeast Asia'],
      ['Australia East', 'Australia Southeast'],
      ['Australia Southeast', 'Australia East'],
      ['Australia Central', 'Australia Central 2'],
      ['Australia Central 2', 'Australia Central'],
      ['Central India', 'South India'],
      ['South India', 'Central India'],
      ['West India', 'South India'],
      ['Jio India West', 'Jio India Central'],
      ['Jio India Central', 'Jio India West'],
      ['Japan East', 'Japan West'],
      ['Japan West', 'Japan East'],
      ['Korea Central', 'Korea South'],
      ['Korea South', 'Korea Central'],
      ['New Zealand North'],
      ['Indonesia Central'],
      ['Malaysia West'],
    ],
  ],
  [
    'Middle East',
    [['UAE North', 'UAE Central'], ['UAE Central', 'UAE North'], ['Qatar Central'], ['Israel Central']],
  ],
  [
    'Africa',
    [
      ['South Africa North', 'South Africa West'],
      ['South Africa West', 'South Africa North'],
    ],
  ],
];
