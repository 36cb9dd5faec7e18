import type { Credential } from '@aml-auth/core';
import { applicationCredential, type ApplicationOptions } from '../lib/application-credential.js';
import { proveByCertificate, type CertificateSource, type CertificateUse } from './prove-by-certificate.js';

/** Options of {@link fromClientCertificate}: the certificate is in a file, or at hand as text. */
export type ClientCertificateOptions = ApplicationOptions & CertificateSource & CertificateUse;

/**
 * Signs in as a service principal with a certificate: a signed assertion
 * ([RFC 7523 section 2.2](https://www.rfc-editor.org/rfc/rfc7523#section-2.2), PS256 with `x5t#S256`)
 * proves the key without sending it. A file is read anew whenever a token must be fetched, so a
 * certificate that was replaced on disk is used at once.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed option
 */
export function fromClientCertificate(options: ClientCertificateOptions): Credential {
  return applicationCredential(options, { method: 'clientCertificate', ...proveByCertificate(options) });
}
