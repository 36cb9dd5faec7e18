import { AmlAuthError, type Cloud } from '@aml-auth/core';

/** The service principal in such a file. */
export interface SdkAuth {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly subscriptionId: string | undefined;
}

/**
 * Reads the JSON of `az ad sp create-for-rbac --sdk-auth` (also `--json-auth`). The hosts in it must be those of
 * the cloud: the file decides whose secret it is, not where it goes.
 *
 * @param from - the path, for texts; the text itself is a secret and never shown
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`, or `AML_UNTRUSTED_HOST` for hosts of another cloud
 */
export function parseSdkAuth(text: string, from: string, cloud: Cloud): SdkAuth {
  const fields = objectIn(text, from);
  const field = (name: string): string => {
    const value = fields[name];
    if (typeof value === 'string' && value !== '') return value;
    throw invalid(from, `has no ${name}`);
  };
  requireHost(fields['activeDirectoryEndpointUrl'], cloud.authorityHost, cloud, from);
  requireHost(fields['resourceManagerEndpointUrl'], cloud.resourceManager.endpoint, cloud, from);
  const subscriptionId = fields['subscriptionId'];
  return {
    tenantId: field('tenantId'),
    clientId: field('clientId'),
    clientSecret: field('clientSecret'),
    subscriptionId: typeof subscriptionId === 'string' ? subscriptionId : undefined,
  };
}

function objectIn(text: string, from: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // The parser's words quote the text: falls through to the error.
  }
  throw invalid(from, 'is not a JSON object');
}

function requireHost(value: unknown, expected: string, cloud: Cloud, from: string): void {
  if (value === undefined) return;
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (url?.origin === expected && url.username === '' && url.password === '') return;
  throw new AmlAuthError({
    code: 'AML_UNTRUSTED_HOST',
    message: `The file ${from} is for ${url?.host ?? 'another host'}, and the cloud ${cloud.name} is at ${expected}.`,
    remedy: 'Nothing was sent. If the file is right, give its cloud as the option cloud.',
  });
}

function invalid(from: string, problem: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The file ${from} ${problem}.`,
    remedy: 'Use the whole output of "az ad sp create-for-rbac --json-auth".',
  });
}
