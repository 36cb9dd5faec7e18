import type { AccessToken } from '@aml-auth/core';

/** The shapes that other programs read a token in. */
export const TOKEN_FORMATS = [
  'raw',
  'json',
  'azcli',
  'azd',
  'execcredential',
  'header',
  'env',
  'adal',
] as const;

/** One of {@link TOKEN_FORMATS}. */
export type TokenFormat = (typeof TOKEN_FORMATS)[number];

/** A token, and what is known about it. */
export interface ShapedToken {
  readonly token: AccessToken;
  readonly scope: string;
  readonly tenantId: string | undefined;
  readonly subscription: string | undefined;
}

/** Shapes that are lines. */
export const TOKEN_LINES: Readonly<Partial<Record<TokenFormat, (shaped: ShapedToken) => string>>> = {
  raw: ({ token }) => token.token,
  header: ({ token }) => `Authorization: ${token.tokenType} ${token.token}`,
  // A token has no character that a shell reads, and stays so in single quotes.
  env: ({ token }) =>
    `export AML_AUTH_ACCESS_TOKEN='${token.token}'\nexport AML_AUTH_EXPIRES_ON='${String(seconds(token))}'`,
};

/**
 * Shapes that are JSON: our own, versioned; that of `az account get-access-token`, whose `expiresOn` is local time and
 * whose `expires_on` is not; that of `azd auth token`; and `ExecCredential` of kubectl
 * (client.authentication.k8s.io, v1 or as `KUBERNETES_EXEC_INFO` wants it).
 */
export const TOKEN_OBJECTS: Readonly<
  Record<'json' | 'azcli' | 'azd' | 'execcredential', (shaped: ShapedToken, execInfo?: string) => object>
> = {
  json: ({ token, scope, tenantId }) => ({
    version: 1,
    tokenType: token.tokenType,
    accessToken: token.token,
    expiresOn: iso(token),
    expiresOnEpoch: seconds(token),
    scope,
    tenantId,
  }),
  azcli: ({ token, tenantId, subscription }) => ({
    accessToken: token.token,
    expiresOn: localTime(token.expiresOnTimestamp),
    expires_on: seconds(token),
    ...(subscription === undefined ? {} : { subscription }),
    tenant: tenantId,
    tokenType: token.tokenType,
  }),
  azd: ({ token }) => ({ token: token.token, expiresOn: iso(token).replace(/\.\d+Z$/, 'Z') }),
  execcredential: ({ token }, execInfo) => ({
    kind: 'ExecCredential',
    apiVersion: execApiVersion(execInfo),
    spec: { interactive: false },
    status: { expirationTimestamp: iso(token).replace(/\.\d+Z$/, 'Z'), token: token.token },
  }),
};

const EXEC_VERSIONS = ['v1', 'v1beta1'].map((version) => `client.authentication.k8s.io/${version}`);

/** kubectl refuses an answer in another version than that of its question. */
function execApiVersion(execInfo: string | undefined): string {
  const [newest = ''] = EXEC_VERSIONS;
  try {
    const { apiVersion } = JSON.parse(execInfo ?? '') as { readonly apiVersion?: unknown };
    return EXEC_VERSIONS.find((version) => version === apiVersion) ?? newest;
  } catch {
    return newest;
  }
}

function iso({ expiresOnTimestamp }: AccessToken): string {
  return new Date(expiresOnTimestamp).toISOString();
}

function seconds({ expiresOnTimestamp }: AccessToken): number {
  return Math.floor(expiresOnTimestamp / 1000);
}

/** As Python's `datetime` prints it: `2026-11-27 03:04:05.000000`, in the time zone of this machine. */
function localTime(timestamp: number): string {
  const date = new Date(timestamp);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${day} ${time}.${String(date.getMilliseconds()).padStart(3, '0')}000`;
}
