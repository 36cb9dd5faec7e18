import type { Clock } from '@aml-auth/core';

import { readCertificate } from '../core/read-rsa-key.js';
import type { EmulatorCertificate } from '../emulator.js';
import { createRsaCertificate } from '../tls/create-rsa-certificate.js';
import type { EmulatorSeed, SeedApp, SeedCertificate } from './emulator-seed.js';

/** Stands in a seed for a new certificate. */
export const GENERATE = 'generate';

const DAY_MS = 86_400_000;
/** Of a common name (RFC 5280, appendix A.1). */
const LONGEST_NAME = 64;

/** A seed without the word `generate`, and what stands in its place. */
export interface GeneratedCertificates {
  readonly seed: EmulatorSeed;
  /** The first certificate of each application for which one was made, by `{tenant}/{app}`. */
  readonly certificates: ReadonlyMap<string, EmulatorCertificate>;
}

/** Makes the certificates that a seed asks for. They start a day ago and last a year by the emulator's clock. */
export async function generateCertificates(seed: EmulatorSeed, clock: Clock): Promise<GeneratedCertificates> {
  const certificates = new Map<string, EmulatorCertificate>();

  async function replaced(path: string, entry: SeedCertificate): Promise<SeedCertificate> {
    if (entry.pem !== GENERATE) return entry;
    const now = clock.now();
    const commonName = path.replace(/^.*\//, '').slice(0, LONGEST_NAME);
    const { certificate, privateKey } = await createRsaCertificate(
      commonName,
      now - DAY_MS,
      now + 365 * DAY_MS,
    );
    const { thumbprint = '', thumbprintSha256 = '' } = readCertificate(certificate) ?? {};
    if (!certificates.has(path)) {
      certificates.set(path, { pem: certificate, privateKey, thumbprint, thumbprintSha256 });
    }
    return { ...entry, pem: certificate };
  }

  async function appOf(tenant: string, app: SeedApp): Promise<SeedApp> {
    const certificatesOf: SeedCertificate[] = [];
    for (const entry of app.certificates ?? []) {
      certificatesOf.push(
        await replaced(`${tenant}/${app.name}`, typeof entry === 'string' ? { pem: entry } : entry),
      );
    }
    return { ...app, certificates: certificatesOf };
  }

  const tenants = await Promise.all(
    seed.tenants.map(async (tenant) => ({
      ...tenant,
      apps: await Promise.all((tenant.apps ?? []).map((app) => appOf(tenant.name, app))),
    })),
  );
  return { seed: { ...seed, tenants }, certificates };
}
