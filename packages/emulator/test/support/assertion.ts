import type { Emulator, EmulatorCertificate } from '@aml-auth/emulator';
import { importPKCS8, SignJWT } from 'jose';

/** What {@link signAssertion} signs; the defaults are what @azure/identity sends. */
export interface AssertionParts {
  readonly header?: Record<string, unknown>;
  readonly claims?: Record<string, unknown>;
  readonly certificate?: EmulatorCertificate;
}

const base64url = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');

/** A thumbprint as it stands in `x5t` and `x5t#S256`. */
export const thumbprintOf = {
  sha1: ({ thumbprint }: EmulatorCertificate): string => base64url(thumbprint),
  sha256: ({ thumbprintSha256 }: EmulatorCertificate): string => base64url(thumbprintSha256),
};

/** A client assertion of an application with a generated certificate. */
export async function signAssertion(
  emulator: Emulator,
  app: string,
  now: number,
  parts: AssertionParts = {},
): Promise<string> {
  const { clientId, tenantId, certificate = parts.certificate! } = emulator.app(app);
  const signer = parts.certificate ?? certificate;
  const header = {
    alg: 'PS256',
    typ: 'JWT',
    ...(parts.header ?? { 'x5t#S256': thumbprintOf.sha256(certificate) }),
  };
  const seconds = Math.floor(now / 1000);
  return new SignJWT({
    aud: `${emulator.origin}/${tenantId}/oauth2/v2.0/token`,
    iss: clientId,
    sub: clientId,
    nbf: seconds,
    iat: seconds,
    exp: seconds + 600,
    ...parts.claims,
  })
    .setProtectedHeader(header)
    .sign(await importPKCS8(signer.privateKey, header.alg));
}

/** The form with which an application asks for a token by an assertion. */
export function assertionForm(emulator: Emulator, app: string, assertion: string): Record<string, string> {
  return {
    grant_type: 'client_credentials',
    client_id: emulator.app(app).clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    scope: 'https://management.azure.com/.default',
  };
}

/** The number and the text of a refusal of Microsoft Entra ID. */
export async function refusalOf(response: Response): Promise<{ code: number; status: number; text: string }> {
  const body = (await response.json()) as { error_codes?: number[]; error_description?: string };
  const [, text = ''] = /^AADSTS\d+: (.*) Trace ID: /.exec(body.error_description ?? '') ?? [];
  return { code: body.error_codes?.[0] ?? 0, status: response.status, text };
}
