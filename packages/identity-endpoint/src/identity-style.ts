import type { AccessToken } from '@aml-auth/core';

/** The managed-identity protocol that is spoken. */
export type IdentityStyle = 'appService' | 'azureML' | 'imds';

/** A token as the protocol's reply carries it. */
export interface IssuedToken {
  readonly token: AccessToken;
  readonly resource: string;
  readonly clientId: string | undefined;
}

/** What is special to one protocol. */
export interface IdentityProtocol {
  readonly path: string;
  /**
   * The request header that carries the secret, in lower case. Undefined: the protocol has none, and the secret is the
   * first segment of the path.
   */
  readonly secretHeader: string | undefined;
  /** A header that every request must have, and its value. */
  readonly marker?: { readonly name: string; readonly value: string };
  readonly apiVersions: readonly string[];
  /** The query parameter that names an identity by its client id. */
  readonly clientIdParameter: string;
  /** Other parameters that name an identity; the served one has no such name. */
  readonly otherSelectors: readonly string[];
  /** The environment in which SDKs find the endpoint, or for IMDS the place that its path is below. */
  env(endpoint: string, secret: string, clientId: string | undefined): Record<string, string>;
  /** The reply with a token. */
  body(issued: IssuedToken): Record<string, unknown>;
}

/**
 * App Service: "REST endpoint reference" of managed identities for App Service and Functions,
 * api-version 2019-08-01. Azure ML: the endpoint of Azure Machine Learning compute, which keeps the
 * form of 2017-09-01 but sends `expires_on` as a number. IMDS: "How to use managed identities for Azure resources on an
 * Azure VM to acquire an access token", api-version 2018-02-01, where SDKs look for it by
 * `AZURE_POD_IDENTITY_AUTHORITY_HOST`.
 */
export const IDENTITY_PROTOCOLS: Readonly<Record<IdentityStyle, IdentityProtocol>> = {
  appService: {
    path: '/msi/token',
    secretHeader: 'x-identity-header',
    apiVersions: ['2019-08-01'],
    clientIdParameter: 'client_id',
    otherSelectors: ['principal_id', 'object_id', 'mi_res_id', 'msi_res_id'],
    env: (endpoint, secret) => ({ IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: secret }),
    body: (issued) => ({ ...common(issued), expires_on: String(seconds(issued)) }),
  },
  azureML: {
    path: '/MSI/auth',
    secretHeader: 'secret',
    apiVersions: ['2017-09-01', '2018-02-01'],
    clientIdParameter: 'clientid',
    otherSelectors: ['client_id', 'object_id', 'mi_res_id', 'msi_res_id'],
    env: (endpoint, secret, clientId) => ({
      MSI_ENDPOINT: endpoint,
      MSI_SECRET: secret,
      ...(clientId === undefined ? {} : { DEFAULT_IDENTITY_CLIENT_ID: clientId }),
    }),
    body: (issued) => ({ ...common(issued), expires_on: seconds(issued) }),
  },
  imds: {
    path: '/metadata/identity/oauth2/token',
    secretHeader: undefined,
    marker: { name: 'metadata', value: 'true' },
    apiVersions: ['2018-02-01', '2019-08-01'],
    clientIdParameter: 'client_id',
    otherSelectors: ['object_id', 'msi_res_id', 'mi_res_id'],
    env: (endpoint) => ({ AZURE_POD_IDENTITY_AUTHORITY_HOST: endpoint }),
    body: (issued) => ({
      ...common(issued),
      expires_on: String(seconds(issued)),
      expires_in: String(Math.max(0, seconds(issued) - Math.floor(Date.now() / 1000))),
    }),
  },
};

function common({ token, resource, clientId }: IssuedToken): Record<string, unknown> {
  return {
    access_token: token.token,
    resource,
    token_type: 'Bearer',
    ...(clientId === undefined ? {} : { client_id: clientId }),
  };
}

function seconds({ token }: IssuedToken): number {
  return Math.floor(token.expiresOnTimestamp / 1000);
}
