import { X509Certificate } from 'node:crypto';

import { AmlAuthError, type Clock } from '@aml-auth/core';
import type { Secret } from '@aml-auth/rest';

import { nextPause, pause } from '../arm/pause.js';
import type { Graph } from '../graph/graph-client.js';
import { graphPath } from '../graph/graph-path.js';
import { getApplication, type Application, type StoredApplication, type StoredKey } from './application.js';
import { endOfLifetime, type CertificateRequest } from './credential-request.js';
import { fromStored, type AddedCredential } from './credential.js';
import { selfSignedCertificate } from './self-signed-certificate.js';

const DEFAULT_NAME = 'rbac';
const DEFAULT_DAYS = 365;

/** A certificate that is to be added, and its private key where it was made here. */
export interface PreparedCertificate {
  readonly certificate: string;
  readonly privateKey?: Secret;
}

/**
 * The certificate of a request, or a new one. It is made once, so that a repetition meets the same one.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a certificate that cannot be read or has ended
 */
export async function prepareCertificate(
  { certificate, lifetimeDays = DEFAULT_DAYS, displayName = DEFAULT_NAME }: CertificateRequest,
  clock: Clock,
): Promise<PreparedCertificate> {
  if (certificate === undefined) {
    const now = clock.now();
    return selfSignedCertificate(displayName, now, endOfLifetime(now, lifetimeDays));
  }
  readCertificate(certificate, clock);
  return { certificate };
}

/**
 * Adds a certificate beside those that the application has, or finds it among them.
 *
 * @throws {AmlAuthError} `AML_CONFLICT` where somebody else changed the certificates at the same time
 */
export async function addCertificate(
  graph: Graph,
  application: Application,
  { displayName = DEFAULT_NAME }: CertificateRequest,
  prepared: PreparedCertificate,
  { clock, signal }: KeyWrite,
): Promise<AddedCredential> {
  const x509 = readCertificate(prepared.certificate, clock);
  const thumbprint = x509.fingerprint.replaceAll(':', '');
  const before = await getApplication(graph, { objectId: application.objectId }, signal);
  const same = before.keyCredentials.find((key) => fromStored('certificate', key).thumbprint === thumbprint);
  if (same !== undefined) {
    // A key that was made here is there already where an earlier attempt of the same call had put it.
    const created = prepared.privateKey !== undefined;
    return { ...fromStored('certificate', same), created, ...prepared };
  }

  const added = {
    // Chosen here, so that it is known even where the answer is lost.
    keyId: crypto.randomUUID(),
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    displayName,
    key: x509.raw.toString('base64'),
    startDateTime: new Date(x509.validFrom).toISOString(),
    endDateTime: new Date(x509.validTo).toISOString(),
  };
  await writeKeys(graph, before, [...before.keyCredentials, added], { clock, signal });
  return { ...fromStored('certificate', added), thumbprint, created: true, ...prepared };
}

/** Takes a certificate away, and leaves the others. */
export async function removeCertificate(
  graph: Graph,
  application: StoredApplication,
  keyId: string,
  write: KeyWrite,
): Promise<void> {
  const rest = application.keyCredentials.filter((key) => key.keyId.toLowerCase() !== keyId);
  await writeKeys(graph, application, rest, write);
}

/** How certificates are written. */
export interface KeyWrite {
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

/** Reads after the write; the directory may answer one of them from before it. */
const LOOKS = 5;
const MAX_PAUSE_MS = 8_000;

/** A write sets all certificates at once: afterwards it is looked whether another's was lost on the way. */
async function writeKeys(
  graph: Graph,
  { objectId, appId }: Application,
  keyCredentials: readonly StoredKey[],
  { clock, signal }: KeyWrite,
): Promise<void> {
  const path = graphPath`/applications/${objectId}`;
  // Writing the same list twice changes nothing.
  await graph.request({ method: 'PATCH', path, body: { keyCredentials }, retry: 'always', signal });
  const wanted = idsOf(keyCredentials);
  for (let look = 1; ; look += 1) {
    const now = await getApplication(graph, { objectId }, signal);
    if (idsOf(now.keyCredentials) === wanted) return;
    if (look === LOOKS) break;
    await pause(clock, nextPause(look, MAX_PAUSE_MS), signal);
  }
  throw new AmlAuthError({
    code: 'AML_CONFLICT',
    message: `The certificates of the application ${appId} are not those that were written: somebody else changed them at the same time.`,
    remedy: 'Look at its credentials (listCredentials), and repeat the change if it is still wanted.',
  });
}

function idsOf(keys: readonly StoredKey[]): string {
  return keys
    .map(({ keyId }) => keyId.toLowerCase())
    .sort()
    .join();
}

function readCertificate(pem: string, clock: Clock): X509Certificate {
  let x509: X509Certificate;
  try {
    x509 = new X509Certificate(pem);
  } catch (cause) {
    throw unusable('cannot be read', cause);
  }
  if (Date.parse(x509.validTo) <= clock.now()) throw unusable(`ended at ${x509.validTo}`, undefined);
  if (x509.publicKey.asymmetricKeyType !== 'rsa') throw unusable('has no RSA key', undefined);
  return x509;
}

function unusable(problem: string, cause: unknown): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The certificate ${problem}.`,
    remedy: 'Give the PEM text of a certificate with an RSA key, or leave it out for a new one.',
    cause,
  });
}
