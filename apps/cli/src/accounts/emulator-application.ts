import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import tls from 'node:tls';
import { AmlAuthError } from '@aml-auth/core';
import { listRunning, selectRunning } from '../commands/emulator/running/find-running.js';
import { stateFolder } from '../commands/emulator/state-folder.js';
import type { Environment } from '../files/config-folder.js';

/** The application of a running emulator that its environment names. */
export interface EmulatorApplication {
  readonly origin: string;
  readonly metadataUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * The application of the emulator that `aml-auth emulator up` runs, whose certificate this process trusts from now on.
 *
 * @param url - the emulator's address, where there may be several
 * @throws {AmlAuthError} `AML_NOT_FOUND` where none runs, `AML_CONFIG_INVALID` where several do, `AML_UNAVAILABLE`
 *   where its certificate cannot be trusted
 */
export async function emulatorApplication(
  env: Environment,
  url: string | undefined,
): Promise<EmulatorApplication> {
  const running = selectRunning(await listRunning(join(stateFolder(env), 'running')), url);
  trust(running.ca);
  const { node } = running.clients;
  return {
    origin: running.origin,
    metadataUrl: `${running.origin}/metadata/endpoints?api-version=2022-09-01`,
    tenantId: node['AZURE_TENANT_ID'] ?? '',
    clientId: node['AZURE_CLIENT_ID'] ?? '',
    clientSecret: node['AZURE_CLIENT_SECRET'] ?? '',
  };
}

function trust(file: string): void {
  try {
    // By the module: a Node.js without them would refuse to load an import of their names.
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(file, 'utf8')]);
  } catch (cause) {
    throw new AmlAuthError({
      code: 'AML_UNAVAILABLE',
      message: 'The certificate of the emulator cannot be trusted by this process.',
      remedy: `Set NODE_EXTRA_CA_CERTS=${file}, or use Node.js 22.19, 24.5 or later.`,
      cause,
    });
  }
}
