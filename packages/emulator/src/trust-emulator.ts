import * as tls from 'node:tls';

import { AmlAuthError } from '@aml-auth/core';

import type { Emulator } from './emulator.js';

/**
 * Makes this process trust the emulator, in `fetch` as well as in `node:https`. Meant for tests and
 * development; it adds to what is trusted already.
 *
 * @throws {AmlAuthError} `AML_UNAVAILABLE` on a Node.js that cannot (before 22.19 and 24.5)
 */
export function trustEmulator(emulator: Pick<Emulator, 'ca'>): void {
  const { getCACertificates, setDefaultCACertificates } = tls as Partial<typeof tls>;
  if (getCACertificates === undefined || setDefaultCACertificates === undefined) {
    throw new AmlAuthError({
      code: 'AML_UNAVAILABLE',
      message: `Node.js ${process.versions.node} cannot change what a running process trusts.`,
      remedy:
        'Start the process with NODE_EXTRA_CA_CERTS set to the file that env() names, or use Node.js 22.19 or 24.5 and later.',
    });
  }
  const trusted = getCACertificates('default');
  const isKnown = trusted.some((certificate) => certificate.trim() === emulator.ca.trim());
  if (!isKnown) setDefaultCACertificates([...trusted, emulator.ca]);
}
