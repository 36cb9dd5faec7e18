import { AmlAuthError } from '@aml-auth/core';
import { encodeArmPath } from './arm-path.js';

/** Query parameters; undefined ones are left out. */
export type ArmQuery = Readonly<Record<string, string | number | boolean | undefined>>;

const API_VERSION = /^\d{4}-\d{2}-\d{2}(?:-[a-z]{1,30})?$/;

/**
 * The URL of a request to Azure Resource Manager.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a bad path, api-version or query
 */
export function armUrl(endpoint: string, path: string, apiVersion: string, query: ArmQuery = {}): string {
  const base = endpoint + encodeArmPath(path);
  if (!API_VERSION.test(apiVersion)) {
    throw invalid(`The api-version ${JSON.stringify(apiVersion)} is not a date.`, 'Give it as 2026-09-01.');
  }
  let search: URLSearchParams | undefined;
  for (const [name, value] of Object.entries(query)) {
    if (name.toLowerCase() === 'api-version') {
      throw invalid('The query names api-version a second time.', 'Use the option apiVersion.');
    }
    if (value !== undefined) (search ??= new URLSearchParams()).set(name, String(value));
  }
  const more = search === undefined ? '' : `&${search.toString()}`;
  return `${base}?api-version=${apiVersion}${more}`;
}

function invalid(message: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message, remedy });
}
