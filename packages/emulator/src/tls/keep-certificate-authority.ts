import { join } from 'node:path';

import { generateAuthority, readAuthority, type CertificateAuthority } from './certificate-authority.js';
import { keepKeyFile } from './keep-key-file.js';

const MONTH_MS = 30 * 86_400_000;

/**
 * The certificate authority in a `stateDir` of the emulator: made once, then read, so that it need be trusted
 * once only. It can certify loopback names and nothing else.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where the folder cannot be used or the file was damaged
 */
export function keepCertificateAuthority(stateDir: string): Promise<CertificateAuthority> {
  return keepKeyFile(join(stateDir, 'keys'), 'authority.json', {
    create: () => generateAuthority(),
    read: readAuthority,
    isUsable: ({ endsAt }) => endsAt > Date.now() + 13 * MONTH_MS,
  });
}
