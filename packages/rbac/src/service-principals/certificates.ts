import { X509Certificate } from 'node:crypto';

import { AmlAuthError, type Clock } from '@aml-auth/core';

import type { Graph } from '../graph/graph-client.js';
import { graphPath } from '../graph/graph-path.js';
import { getApplication, type Application, type StoredApplication, type StoredKey } from './application.js';
import { endOfLifetime, type CertificateRequest } from './credential-request.js';
import { fromStored, type AddedCredential } from './credential.js';
import { selfSignedCertificate, type CertificatePair } from './self-signed-certificate.js';

const DEFAULT_NAME = 'rbac';
const DEFAULT_DAYS = 365;

/**
 * Adds a certificate beside those that the application has, or finds it among them.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a certificate that cannot be read or has ended; `AML_CONFLICT`
 *   where somebody else changed the certificates at the same time
 */
export async function addCertificate(
  graph: Graph,
  application: Application,
  request: CertificateRequest,
  clock: Clock,
  signal?: AbortSignal,
): Promise<AddedCredential> {
  const pair = await certificateOf(request, clock);
  const { certificate } = pair;
  const x509 = readCertificate(certificate, clock);
  const thumbprint = x509.fingerprint.replaceAll(':', '');
  const secret = 'privateKey' in pair ? { privateKey: pair.privateKey } : {};
  const before = await getApplication(graph, { objectId: application.objectId }, signal);
  const same = before.keyCredentials.find((key) => fromStored('certificate', key).thumbprint === thumbprint);
  if (same !== undefined) return { ...fromStored('certificate', same), created: false, certificate };

  const added = {
    // Chosen here, so that it is known even where the answer is lost.
    keyId: crypto.randomUUID(),
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    displayName: request.displayName ?? DEFAULT_NAME,
    key: x509.raw.toString('base64'),
    startDateTime: new Date(x509.validFrom).toISOString(),
    endDateTime: new Date(x509.validTo).toISOString(),
  };
  const now = await writeKeys(graph, before, [...before.keyCredentials, added], signal);
  const stored = now.keyCredentials.find((key) => fromStored('certificate', key).thumbprint === thumbprint);
  return { ...fromStored('certificate', stored ?? added), thumbprint, created: true, certificate, ...secret };
}

/** Takes a certificate away, and leaves the others. */
export async function removeCertificate(
  graph: Graph,
  application: StoredApplication,
  keyId: string,
  signal?: AbortSignal,
): Promise<void> {
  const rest = application.keyCredentials.filter((key) => key.keyId.toLowerCase() !== keyId);
  await writeKeys(graph, application, rest, signal);
}

/** A write sets all certificates at once: afterwards it is looked whether another's was lost on the way. */
async function writeKeys(
  graph: Graph,
  { objectId }: Application,
  keyCredentials: readonly StoredKey[],
  signal: AbortSignal | undefined,
): Promise<StoredApplication> {
  const path = graphPath`/applications/${objectId}`;
  // Writing the same list twice changes nothing.
  await graph.request({ method: 'PATCH', path, body: { keyCredentials }, retry: 'always', signal });
  const now = await getApplication(graph, { objectId }, signal);
  const there = new Set(now.keyCredentials.map(({ keyId }) => keyId.toLowerCase()));
  const lost = keyCredentials.filter(({ keyId }) => !there.has(keyId.toLowerCase()));
  if (lost.length === 0 && there.size === keyCredentials.length) return now;
  throw new AmlAuthError({
    code: 'AML_CONFLICT',
    message: `The certificates of the application ${now.appId} were changed by somebody else at the same time.`,
    remedy: 'Look at its credentials (showServicePrincipal), and repeat the change if it is still wanted.',
  });
}

async function certificateOf(
  request: CertificateRequest,
  clock: Clock,
): Promise<CertificatePair | { readonly certificate: string }> {
  const { certificate, lifetimeDays = DEFAULT_DAYS, displayName = DEFAULT_NAME } = request;
  if (certificate !== undefined) return { certificate };
  const now = clock.now();
  return selfSignedCertificate(displayName, now, endOfLifetime(now, lifetimeDays));
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
