import { readFile } from 'node:fs/promises';
import { AmlAuthError } from '@aml-auth/core';
import type { ApplicationProof } from '../lib/application-credential.js';
import { loadCertificate } from './load-certificate.js';

/** Where the certificate and its private key are, as PEM. */
export type CertificateSource =
  | { readonly certificatePath: string; readonly certificate?: undefined }
  | { readonly certificate: string; readonly certificatePath?: undefined };

/** How the certificate is used. */
export interface CertificateUse {
  /** For an encrypted private key. */
  readonly certificatePassword?: string | undefined;
  /** Sends the certificate and its chain along, for applications that trust by subject name and issuer. Default `false`. */
  readonly sendCertificateChain?: boolean | undefined;
}

/**
 * The proof by a certificate. A file is read anew for every proof.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where not exactly one source is given
 */
export function proveByCertificate(options: CertificateSource & CertificateUse): ApplicationProof {
  const { certificatePath: path, certificatePassword, sendCertificateChain = false } = options;
  const source = sourceOf(options);
  return {
    source,
    async prove({ clock }) {
      const pem = path === undefined ? source : await readPem(path);
      const loaded = loadCertificate(pem, path ?? 'in the options', certificatePassword, clock.now());
      const { thumbprintSha256, privateKey, chain } = loaded;
      return {
        clientCertificate: { thumbprintSha256, privateKey, ...(sendCertificateChain ? { x5c: chain } : {}) },
      };
    },
  };
}

/** The path or the text; callers without types can give both, or neither. */
function sourceOf({
  certificatePath,
  certificate,
}: {
  certificatePath?: unknown;
  certificate?: unknown;
}): string {
  const given = [certificatePath, certificate].filter((value) => value !== undefined);
  const [source] = given;
  if (given.length === 1 && typeof source === 'string' && source !== '') return source;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: 'Either certificatePath or certificate must be given, and not both.',
    remedy: 'Give certificatePath for a file, or certificate for PEM text.',
  });
}

async function readPem(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `The certificate file ${path} cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}).`,
      remedy: 'Check the path and its permissions.',
      cause,
    });
  }
}
