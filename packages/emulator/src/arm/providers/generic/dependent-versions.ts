import { versionList, type ApiVersions } from '../../api-versions.js';

const PREVIEWS = { from: '2014-01-01', to: '2026-12-31' };

/** Storage accounts. */
export const STORAGE_VERSIONS: ApiVersions = {
  stable: versionList(`
      2015-06-15 2016-01-01 2016-05-01 2016-12-01 2017-06-01 2017-10-01 2018-02-01 2018-07-01 2018-11-01
      2019-04-01 2019-06-01 2021-01-01 2021-02-01 2021-04-01 2021-06-01 2021-08-01 2021-09-01 2022-05-01
      2022-09-01 2023-01-01 2023-04-01 2023-05-01 2024-01-01 2025-01-01 2025-06-01`),
  preview: PREVIEWS,
};

/** Key vaults. */
export const KEY_VAULT_VERSIONS: ApiVersions = {
  stable: versionList(`
      2015-06-01 2016-10-01 2018-02-14 2019-09-01 2021-10-01 2022-07-01 2022-11-01 2023-02-01 2023-07-01
      2024-11-01 2025-05-01`),
  preview: PREVIEWS,
};

/** Application Insights. */
export const INSIGHTS_VERSIONS: ApiVersions = {
  stable: versionList('2014-04-01 2015-05-01 2020-02-02'),
  preview: PREVIEWS,
};

/** Container registries. */
export const CONTAINER_REGISTRY_VERSIONS: ApiVersions = {
  stable: versionList('2017-03-01 2017-10-01 2019-05-01 2022-12-01 2023-07-01 2025-04-01 2025-11-01'),
  preview: PREVIEWS,
};

/** Log Analytics workspaces. */
export const OPERATIONAL_INSIGHTS_VERSIONS: ApiVersions = {
  stable: versionList('2020-08-01 2020-10-01 2021-06-01 2022-10-01 2023-09-01 2025-02-01'),
  preview: PREVIEWS,
};
