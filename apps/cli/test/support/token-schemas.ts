import * as z from 'zod';

/** Base64 of PEM is PEM no longer: these two are the text itself. */
const pem = z.string().startsWith('-----BEGIN ');

/**
 * `ExecCredential` in a version, by the tables of
 * https://kubernetes.io/docs/reference/config-api/client-authentication.v1/ and the page of v1beta1 beside it, whose
 * fields are the same. A status that has a token needs no certificate, which the tables say in words only.
 */
export function execCredentialSchema(version: string) {
  const clusterSchema = z.strictObject({
    server: z.url(),
    'tls-server-name': z.string().optional(),
    'insecure-skip-tls-verify': z.boolean().optional(),
    'certificate-authority-data': z.base64().optional(),
    'proxy-url': z.url().optional(),
    'disable-compression': z.boolean().optional(),
    config: z.unknown().optional(),
  });
  return z.strictObject({
    apiVersion: z.literal(`client.authentication.k8s.io/${version}`),
    kind: z.literal('ExecCredential'),
    spec: z.strictObject({ cluster: clusterSchema.optional(), interactive: z.boolean() }),
    status: z.strictObject({
      expirationTimestamp: z.iso.datetime({ offset: true }),
      token: z.jwt(),
      clientCertificateData: pem.optional(),
      clientKeyData: pem.optional(),
    }),
  });
}

/** `azd auth token --output json`: `AuthTokenResult` of its contracts, whose time is of RFC 3339 without fractions. */
export const azdTokenSchema = z.strictObject({
  token: z.jwt(),
  expiresOn: z.iso.datetime({ offset: true, precision: 0 }),
});

/**
 * `az account get-access-token`: `expiresOn` is local time as Python's `datetime` prints it, `expires_on` a POSIX time
 * in seconds; a tenant without subscriptions has none.
 */
export const azTokenSchema = z.strictObject({
  accessToken: z.jwt(),
  expiresOn: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])-\d\d (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}$/),
  expires_on: z.int().positive(),
  subscription: z.guid().optional(),
  tenant: z.guid(),
  tokenType: z.literal('Bearer'),
});
