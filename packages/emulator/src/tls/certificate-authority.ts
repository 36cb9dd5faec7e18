import { randomBytes, webcrypto } from 'node:crypto';

import { nameConstraints } from './name-constraints.js';
import { fromPem, toPem } from './pem.js';
import { x509 } from './x509.js';

/** A certificate for the emulator's names, and its private key. PEM. */
export interface LeafCertificate {
  /** The leaf, then the authority. */
  readonly certificate: string;
  /** PKCS #8. A secret. */
  readonly privateKey: string;
}

/** A certificate authority that can certify loopback names, those that it `permits`, and nothing else. */
export interface CertificateAuthority {
  /** The certificate to trust. PEM. */
  readonly certificate: string;
  /** When it ends, in milliseconds since the epoch. */
  readonly endsAt: number;
  /** The names besides loopback that its name constraints let it certify; they stand for those below them too. */
  readonly permits: readonly string[];
  /**
   * Certifies a name.
   *
   * @param name - such as `*.login.microsoft.com`; default: `localhost`, 127.0.0.1 and ::1
   * @param endsAt - when it ends, in milliseconds since the epoch; default: in 395 days
   */
  issueLeaf(name?: string, endsAt?: number): Promise<LeafCertificate>;
}

/** Options of {@link createCertificateAuthority}. */
export interface CertificateAuthorityOptions {
  /** Names besides loopback that it may certify. Default: none. */
  readonly permits?: readonly string[];
}

/** An authority in the form in which it is kept on disk. */
export interface StoredAuthority {
  /** PEM. */
  readonly certificate: string;
  /** PEM of the private key, PKCS #8. */
  readonly privateKey: string;
  /** Default: none. */
  readonly permits?: readonly string[];
}

const KEY = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' };
const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3_650;
/** Together with the day before now, within the 397 days that clients accept. */
const LEAF_DAYS = 395;
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const LOOPBACK_NAMES: x509.JsonGeneralNames = [
  { type: 'dns', value: 'localhost' },
  { type: 'ip', value: '127.0.0.1' },
  { type: 'ip', value: '::1' },
];

/**
 * A new certificate authority (P-256, 10 years) in memory. Its name constraints (RFC 5280, section
 * 4.2.1.10) limit it to localhost, 127.0.0.0/8, ::1 and the names that it `permits`, so that trusting it
 * endangers no other name.
 * Validity follows the machine's clock, which the clients use too, not the emulator's.
 */
export async function createCertificateAuthority(
  options: CertificateAuthorityOptions = {},
): Promise<CertificateAuthority> {
  return readAuthority(await generateAuthority(options.permits));
}

/** A new authority, ready to be kept. */
export async function generateAuthority(permits: readonly string[] = []): Promise<StoredAuthority> {
  const keys = await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
  const now = Date.now();
  const keyId = await x509.SubjectKeyIdentifierExtension.create(keys.publicKey);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=aml-auth emulator ${randomBytes(4).toString('hex')}`,
    keys,
    signingAlgorithm: SIGNING,
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + AUTHORITY_DAYS * DAY_MS),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      new x509.Extension('2.5.29.30', true, nameConstraints(permits)),
      keyId,
      await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const privateKey = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { certificate: certificate.toString('pem'), privateKey: toPem('PRIVATE KEY', privateKey), permits };
}

/** Reads what {@link generateAuthority} made. Throws where the two parts do not belong together. */
export async function readAuthority(stored: StoredAuthority): Promise<CertificateAuthority> {
  const certificate = new x509.X509Certificate(stored.certificate);
  const signingKey = await webcrypto.subtle.importKey('pkcs8', fromPem(stored.privateKey), KEY, true, [
    'sign',
  ]);
  const { rawData } = certificate.publicKey;
  const publicKey = await webcrypto.subtle.importKey('spki', rawData, KEY, true, ['verify']);
  await requirePair(signingKey, publicKey);
  return {
    certificate: stored.certificate,
    endsAt: certificate.notAfter.getTime(),
    permits: stored.permits ?? [],
    async issueLeaf(name, endsAt = Date.now() + LEAF_DAYS * DAY_MS) {
      const keys = await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
      const now = Date.now();
      const leaf = await x509.X509CertificateGenerator.create({
        serialNumber: serialNumber(),
        subject: `CN=${name ?? 'localhost'}`,
        issuer: certificate.subject,
        publicKey: keys.publicKey,
        signingKey,
        signingAlgorithm: SIGNING,
        notBefore: new Date(Math.min(now, endsAt) - DAY_MS),
        notAfter: new Date(endsAt),
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([SERVER_AUTH]),
          new x509.SubjectAlternativeNameExtension(
            name === undefined ? LOOPBACK_NAMES : [{ type: 'dns', value: name }],
          ),
          await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
          await x509.AuthorityKeyIdentifierExtension.create(publicKey),
        ],
      });
      const privateKey = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
      return {
        certificate: `${leaf.toString('pem')}\n${stored.certificate}`,
        privateKey: toPem('PRIVATE KEY', privateKey),
      };
    },
  };
}

async function requirePair(privateKey: webcrypto.CryptoKey, publicKey: webcrypto.CryptoKey): Promise<void> {
  const probe = randomBytes(32);
  const signature = await webcrypto.subtle.sign(SIGNING, privateKey, probe);
  if (!(await webcrypto.subtle.verify(SIGNING, publicKey, signature, probe))) {
    throw new Error('The private key does not belong to the certificate.');
  }
}

/** Positive, as RFC 5280, section 4.1.2.2, demands. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return bytes.toString('hex');
}
