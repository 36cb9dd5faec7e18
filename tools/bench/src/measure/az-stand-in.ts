import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A program named `az` that prints a token at once: real ones take half a second and more. */
export interface AzStandIn {
  /** `PATH`, the folder of its profile, and a metadata service that nobody is. */
  readonly env: Readonly<Record<string, string>>;
  /** How often it was started. */
  readonly starts: () => number;
  readonly remove: () => void;
}

/**
 * Makes the program in a folder of its own.
 *
 * @param metadataOrigin - where the metadata service is looked for
 */
export function azStandIn(metadataOrigin: string): AzStandIn {
  const folder = mkdtempSync(join(tmpdir(), 'aml-auth-bench-'));
  const [bin, log] = [join(folder, 'bin'), join(folder, 'log')];
  const token = {
    accessToken: 'token',
    expires_on: Math.floor(Date.now() / 1000) + 86_400,
    tokenType: 'Bearer',
  };
  mkdirSync(bin);
  appendFileSync(log, '');
  writeFileSync(join(folder, 'azureProfile.json'), '{}');
  writeFileSync(join(bin, 'az'), `#!/bin/sh\necho started >> '${log}'\necho '${JSON.stringify(token)}'\n`);
  chmodSync(join(bin, 'az'), 0o700);
  return {
    env: {
      PATH: [bin, '/usr/bin', '/bin'].join(delimiter),
      AZURE_CONFIG_DIR: folder,
      HOME: folder,
      AZURE_POD_IDENTITY_AUTHORITY_HOST: metadataOrigin,
    },
    starts: () => readFileSync(log, 'utf8').split('\n').length - 1,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Runs the work with these variables in `process.env`, where `@azure/identity` looks, and puts them back. */
export async function withEnvironment<T>(
  env: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  const before = process.env;
  process.env = { ...before, ...env };
  try {
    return await work();
  } finally {
    process.env = before;
  }
}
