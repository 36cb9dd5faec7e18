import { isGuid } from '@aml-auth/core';

import type { KeyCredential } from '../../core/directory-rows.js';
import { isObject } from '../../core/json.js';
import { readCertificate } from '../../core/read-rsa-key.js';
import { badRequest } from '../graph-refusal.js';
import { invalidValue, optionalText, optionalTime, type GraphBody } from '../read-graph-body.js';

/** Makes the key id of a credential that names none. */
export type KeyReader = () => string;

const MOST = 100;

/**
 * Reads `keyCredentials`: all certificates that the application has from now on. One without `key`
 * is kept as it is; that is how clients add one without knowing the others.
 *
 * @throws a refusal: 400 `Request_BadRequest`
 */
export function readKeyCredentials(
  value: unknown,
  before: readonly KeyCredential[],
  newId: KeyReader,
): readonly KeyCredential[] {
  if (!Array.isArray(value) || value.length > MOST) throw invalidValue('keyCredentials');
  return value.map((entry: unknown) => {
    if (!isObject(entry)) throw invalidValue('keyCredentials');
    const keyId = optionalText(entry, 'keyId', 64)?.toLowerCase();
    if (keyId !== undefined && !isGuid(keyId)) throw invalidValue('keyId');
    const kept = before.find((credential) => credential.keyId === keyId);
    const key = optionalText(entry, 'key', 16_384);
    if (key === undefined && kept !== undefined) return kept;
    return readKey(entry, key ?? '', keyId ?? newId());
  });
}

function readKey(entry: GraphBody, key: string, keyId: string): KeyCredential {
  if (entry['type'] !== 'AsymmetricX509Cert' || entry['usage'] !== 'Verify') {
    throw badRequest(
      "The emulator takes keys of the type 'AsymmetricX509Cert' with the usage 'Verify' only.",
    );
  }
  const facts = readCertificate(toPem(key));
  if (facts === undefined) {
    throw badRequest(
      'Key value is invalid certificate: it must be one in base64, with an RSA key of 2,048 bits or more.',
    );
  }
  const startsAt = optionalTime(entry, 'startDateTime') ?? facts.startsAt;
  const endsAt = optionalTime(entry, 'endDateTime') ?? facts.endsAt;
  if (endsAt > facts.endsAt)
    throw badRequest('Key credential end date is invalid: the certificate ends before.');
  return { ...facts, keyId, displayName: optionalText(entry, 'displayName', 256) ?? null, startsAt, endsAt };
}

/** DER in base64, as Microsoft documents it, or a whole PEM text in base64, as some clients send it. */
function toPem(key: string): string {
  const text = Buffer.from(key, 'base64').toString('latin1');
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  return `-----BEGIN CERTIFICATE-----\n${Buffer.from(key, 'base64').toString('base64')}\n-----END CERTIFICATE-----\n`;
}
