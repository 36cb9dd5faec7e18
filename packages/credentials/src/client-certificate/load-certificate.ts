import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { AmlAuthError } from '@aml-auth/core';

/** A certificate with its key, in the form that a signed assertion needs. */
export interface LoadedCertificate {
  /** SHA-256 of the certificate in hexadecimal, without colons. */
  readonly thumbprintSha256: string;
  /** PKCS#8 PEM, not encrypted. A secret. */
  readonly privateKey: string;
  /** PEM of the certificate and then its issuers, as far as they were given. */
  readonly chain: string;
  /** Milliseconds since the epoch. */
  readonly validTo: number;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const PRIVATE_KEY = /-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----[\s\S]+?-----END \1-----/;

/**
 * Reads PEM text with a private key and one or more certificates in any order: the certificate that
 * belongs to the key is the one that signs in, the others are its chain.
 *
 * @param from - where the text came from, for errors; the text itself is secret and never shown
 * @param password - for an encrypted key
 * @param now - wall time in milliseconds since the epoch
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` naming what is wrong
 */
export function loadCertificate(
  pem: string,
  from: string,
  password: string | undefined,
  now: number,
): LoadedCertificate {
  const key = readKey(pem, from, password);
  const certificates = readCertificates(pem, from);
  const leaf = certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (leaf === undefined) {
    throw invalid(
      from,
      'has no certificate that belongs to its private key',
      'Put the certificate and its own key into one PEM.',
    );
  }
  if (leaf.validToDate.getTime() <= now) {
    const day = leaf.validToDate.toISOString().slice(0, 10);
    throw invalid(
      from,
      `has a certificate that expired on ${day}`,
      'Replace it, and register the new one on the application.',
    );
  }
  return {
    thumbprintSha256: leaf.fingerprint256.replaceAll(':', ''),
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    chain: chainOf(leaf, certificates).map(String).join(''),
    validTo: leaf.validToDate.getTime(),
  };
}

function readKey(pem: string, from: string, password: string | undefined): KeyObject {
  const text = PRIVATE_KEY.exec(pem)?.[0];
  if (text === undefined)
    throw invalid(from, 'has no private key', 'Add the key: "cat cert.pem key.pem > both.pem".');
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: text, ...(password === undefined ? {} : { passphrase: password }) });
  } catch {
    // The system's words differ between versions and can quote the key: the text itself tells enough.
    throw password === undefined && text.includes('ENCRYPTED')
      ? invalid(from, 'has an encrypted key and no password is given', 'Give certificatePassword.')
      : invalid(from, 'has a private key that cannot be read', 'Check certificatePassword and the file.');
  }
  if (key.asymmetricKeyType === 'rsa') return key;
  const type = key.asymmetricKeyType ?? 'unknown';
  throw invalid(
    from,
    `has a key of type ${type}`,
    'Microsoft Entra ID takes RSA certificates: make one with an RSA key.',
  );
}

function readCertificates(pem: string, from: string): X509Certificate[] {
  const texts = pem.match(CERTIFICATE) ?? [];
  if (texts.length === 0)
    throw invalid(from, 'has no certificate', 'Add the certificate: "cat cert.pem key.pem > both.pem".');
  try {
    return texts.map((text) => new X509Certificate(text));
  } catch {
    throw invalid(from, 'has a certificate that cannot be read', 'Check that the file is complete.');
  }
}

/** From the leaf upwards, each certificate issued by the next. */
function chainOf(leaf: X509Certificate, all: readonly X509Certificate[]): X509Certificate[] {
  const chain = [leaf];
  for (let last = leaf; chain.length <= all.length;) {
    const issuer = all.find((other) => !chain.includes(other) && last.checkIssued(other));
    if (issuer === undefined) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}

function invalid(from: string, problem: string, remedy: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The certificate ${from} ${problem}.`,
    remedy,
  });
}
