import { queryValue, type Call } from '../http/call.js';
import { armRefusal } from './arm-refusal.js';

/** Which api-versions a resource type has. */
export interface ApiVersions {
  /** Versions without a suffix, oldest first. */
  readonly stable: readonly string[];
  /** The dates between which previews are taken. Their exact list changes too often to follow. */
  readonly preview: { readonly from: string; readonly to: string };
}

/** The versions in a text, separated by blanks. */
export function versionList(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** Subscriptions and resource groups. */
export const RESOURCES_VERSIONS: ApiVersions = {
  stable: versionList(`
    2014-04-01 2015-01-01 2015-11-01 2016-02-01 2016-06-01 2016-07-01 2016-09-01 2017-03-01 2017-05-01
    2017-05-10 2017-06-01 2017-08-01 2017-12-01 2018-01-01 2018-02-01 2018-05-01 2018-06-01 2018-07-01
    2018-08-01 2018-09-01 2018-11-01 2019-03-01 2019-05-01 2019-05-10 2019-06-01 2019-07-01 2019-08-01
    2019-09-01 2019-10-01 2019-11-01 2020-01-01 2020-05-01 2020-06-01 2020-07-01 2020-08-01 2020-09-01
    2020-10-01 2021-01-01 2021-04-01 2022-01-01 2022-05-01 2022-06-01 2022-09-01 2022-12-01 2023-07-01
    2024-03-01 2024-07-01 2024-08-01 2024-11-01 2025-03-01 2025-04-01`),
  preview: { from: '2014-04-01', to: '2026-12-31' },
};

/** Role assignments, role definitions and permissions. */
export const AUTHORIZATION_VERSIONS: ApiVersions = {
  stable: versionList('2015-06-01 2015-07-01 2016-07-01 2017-05-01 2017-09-01 2018-07-01 2022-04-01'),
  preview: { from: '2014-04-01', to: '2024-12-31' },
};

/** Schedules of Privileged Identity Management. */
export const SCHEDULE_VERSIONS: ApiVersions = {
  stable: versionList('2020-10-01'),
  preview: { from: '2020-10-01', to: '2026-12-31' },
};

/** Management groups. */
export const MANAGEMENT_VERSIONS: ApiVersions = {
  stable: versionList('2019-11-01 2020-02-01 2020-05-01 2020-10-01 2021-04-01 2023-04-01'),
  preview: { from: '2017-08-31', to: '2026-12-31' },
};

/** Everything of Azure Machine Learning. */
export const MACHINE_LEARNING_VERSIONS: ApiVersions = {
  stable: versionList(`
    2018-11-19 2019-05-01 2019-06-01 2019-10-01 2019-11-01 2020-01-01 2020-03-01 2020-04-01 2020-06-01
    2020-08-01 2021-01-01 2021-04-01 2021-07-01 2022-05-01 2022-10-01 2023-04-01 2023-10-01 2024-04-01
    2024-10-01 2025-04-01 2025-06-01 2025-09-01 2025-12-01 2026-03-01 2026-05-01 2026-07-01 2026-09-01`),
  preview: { from: '2018-03-01', to: '2026-12-31' },
};

/** User-assigned managed identities. */
export const MANAGED_IDENTITY_VERSIONS: ApiVersions = {
  stable: versionList('2018-11-30 2023-01-31 2024-11-30'),
  preview: { from: '2015-08-31', to: '2026-12-31' },
};

/** Virtual machines. */
export const COMPUTE_VERSIONS: ApiVersions = {
  stable: versionList(`
    2015-06-15 2016-03-30 2017-03-30 2017-12-01 2018-04-01 2018-06-01 2018-10-01 2019-03-01 2019-07-01
    2019-12-01 2020-06-01 2020-12-01 2021-03-01 2021-04-01 2021-07-01 2021-11-01 2022-03-01 2022-08-01
    2022-11-01 2023-03-01 2023-07-01 2023-09-01 2024-03-01 2024-07-01 2024-11-01 2025-04-01 2026-04-01`),
  preview: { from: '2015-05-01', to: '2026-12-31' },
};

/** Throws 400 `MissingApiVersionParameter` where the request names no api-version. */
export function requireApiVersion(call: Call): string {
  const version = queryValue(call, 'api-version')?.trim() ?? '';
  if (version !== '') return version.toLowerCase();
  throw armRefusal(
    400,
    'MissingApiVersionParameter',
    'The api-version query parameter (?api-version=) is required for all requests.',
  );
}

/** Throws 400 where the type has no such api-version. */
export function checkApiVersion(version: string, type: string, versions: ApiVersions): void {
  if (isSupported(version, versions)) return;
  const supported = [...versions.stable].reverse();
  const [namespace = '', ...types] = type.split('/');
  if (namespace === 'Microsoft.Resources') {
    throw armRefusal(
      400,
      'InvalidApiVersionParameter',
      `The api-version '${version}' is invalid. The supported versions are '${supported.join(',')}'.`,
    );
  }
  throw armRefusal(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for location '' and API version '${version}' for type '${types.join('/')}'. The supported api-versions are '${supported.join(', ')}'. The supported locations are ''.`,
  );
}

function isSupported(version: string, { stable, preview }: ApiVersions): boolean {
  if (stable.includes(version)) return true;
  const date = /^(\d{4}-\d{2}-\d{2})-(?:private)?preview$/.exec(version)?.[1];
  return date !== undefined && !Number.isNaN(Date.parse(date)) && date >= preview.from && date <= preview.to;
}
