import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tls from 'node:tls';

import { createTruststore, TRUSTSTORE_PASSWORD } from './truststore.js';

/** Files that make programs trust the emulator. */
export interface TrustFiles {
  /** The emulator's certificate authority alone, for `NODE_EXTRA_CA_CERTS` and `curl --cacert`. */
  readonly ca: string;
  /** The roots of Node.js and the emulator's, for variables that replace the default store: `SSL_CERT_FILE`, `REQUESTS_CA_BUNDLE`. */
  readonly bundle: string;
  /** The same as PKCS #12 for Java, with the password `changeit`: `-Djavax.net.ssl.trustStore`. */
  readonly truststore: string;
}

/**
 * Writes `ca.pem`, `ca-bundle.pem` and `truststore.p12` into a folder, which is made where it does not exist.
 *
 * @param certificate - the authority, PEM
 */
export function writeTrustFiles(certificate: string, folder: string): TrustFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = {
    ca: join(folder, 'ca.pem'),
    bundle: join(folder, 'ca-bundle.pem'),
    truststore: join(folder, 'truststore.p12'),
  };
  const roots = defaultRoots();
  writeWhole(files.ca, certificate.endsWith('\n') ? certificate : `${certificate}\n`);
  writeWhole(files.bundle, [...roots, certificate, ''].join('\n'));
  const trusted = roots.map((root, index) => ({ alias: `root-${index + 1}`, certificate: root }));
  const own = { alias: 'aml-auth-emulator', certificate };
  writeWhole(files.truststore, createTruststore([own, ...trusted], TRUSTSTORE_PASSWORD));
  return files;
}

/** Other processes may read the file at any moment: they see the old content or the new one. */
function writeWhole(path: string, content: string | Uint8Array): void {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, content);
  renameSync(draft, path);
}

/** What Node.js trusts now. */
function defaultRoots(): readonly string[] {
  // Since Node.js 22.15 and 23.10; before, the bundled roots are all that can be read.
  const { getCACertificates } = tls as Partial<Pick<typeof tls, 'getCACertificates'>>;
  return getCACertificates === undefined ? tls.rootCertificates : getCACertificates('default');
}
