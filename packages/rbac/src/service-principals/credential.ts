import type { Secret } from '@aml-auth/rest';

import type { StoredApplication, StoredKey } from './application.js';

/** A secret or certificate of an application, as far as the directory shows it. Times in milliseconds since the epoch. */
export interface KeyCredential {
  /** A password, or a certificate whose private key the application holds. */
  readonly kind: 'secret' | 'certificate';
  /** Key id. */
  readonly id: string;
  /** The name that people see, where it has one. */
  readonly displayName?: string;
  /** From when it is accepted. */
  readonly startsAt?: number;
  /** Until when it is accepted. */
  readonly endsAt?: number;
  /** Of a secret: its first characters. */
  readonly hint?: string;
  /** Of a certificate: SHA-1 of it, in hexadecimal. */
  readonly thumbprint?: string;
}

/** A federated identity credential of an application. */
export interface FederatedCredential {
  readonly kind: 'federated';
  /** GUID, by which it is removed. */
  readonly id: string;
  /** Unique among those of the application; it never changes. */
  readonly name: string;
  /** The `iss` of the tokens, an https URL. */
  readonly issuer: string;
  /** Their `sub`, compared letter by letter. */
  readonly subject: string;
  /** Their `aud`. */
  readonly audience: string;
}

/** By what an application can prove itself. */
export type ApplicationCredential = KeyCredential | FederatedCredential;

/** A credential that was asked for, with what is told only once. */
export type AddedCredential =
  | (FederatedCredential & { readonly created: boolean })
  | (KeyCredential & {
      readonly kind: 'certificate';
      /** False where the application had this certificate before. */
      readonly created: boolean;
      /** PEM. */
      readonly certificate: string;
      /** PEM (PKCS #8), where the certificate was made here. It is kept nowhere else. */
      readonly privateKey?: Secret;
    })
  | (KeyCredential & {
      readonly kind: 'secret';
      readonly created: true;
      /** Told by Microsoft Graph this once. */
      readonly secret: Secret;
    });

/** The secrets and certificates of an application. */
export function keyCredentialsOf(application: StoredApplication): readonly KeyCredential[] {
  return [
    ...application.passwordCredentials.map((key) => fromStored('secret', key)),
    ...application.keyCredentials.map((key) => fromStored('certificate', key)),
  ];
}

/** A credential from what Microsoft Graph shows of it. */
export function fromStored<Kind extends KeyCredential['kind']>(
  kind: Kind,
  key: StoredKey,
): KeyCredential & { readonly kind: Kind } {
  const { keyId, displayName, hint, customKeyIdentifier } = key;
  const startsAt = timeOf(key.startDateTime);
  const endsAt = timeOf(key.endDateTime);
  return {
    kind,
    id: keyId.toLowerCase(),
    ...(displayName === undefined ? {} : { displayName }),
    ...(startsAt === undefined ? {} : { startsAt }),
    ...(endsAt === undefined ? {} : { endsAt }),
    ...(kind === 'secret' && hint !== undefined ? { hint } : {}),
    ...(kind === 'certificate' && customKeyIdentifier !== undefined
      ? { thumbprint: hexOf(customKeyIdentifier) }
      : {}),
  };
}

function timeOf(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** Microsoft Graph shows the thumbprint in hexadecimal or, as bytes are in JSON, in base64. */
function hexOf(text: string): string {
  if (/^[\da-f]{40}$/i.test(text)) return text.toUpperCase();
  return Buffer.from(text, 'base64').toString('hex').toUpperCase();
}
