import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EMULATOR_CLIENTS, type Emulator } from '@aml-auth/emulator';
import { makeFolder } from '../../../files/make-folder.js';
import type { RunningEmulator } from './running-emulator.js';

/**
 * Tells other commands of this user that an emulator runs.
 *
 * @param app - whose credentials the variables have
 * @returns how to take it back
 */
export async function publishRunning(
  emulator: Emulator,
  folder: string,
  options: { readonly app?: string | undefined; readonly proxy: boolean },
): Promise<() => Promise<void>> {
  const { app, proxy } = options;
  const clients = Object.fromEntries(
    EMULATOR_CLIENTS.map((client) => [client, emulator.clientEnv(client, app)]),
  ) as RunningEmulator['clients'];
  const running: RunningEmulator = {
    version: 1,
    pid: process.pid,
    origin: emulator.origin,
    proxy,
    startedAt: new Date().toISOString(),
    ca: clients.node['NODE_EXTRA_CA_CERTS'] ?? '',
    clients,
  };
  await makeFolder(folder);
  const path = join(folder, `${emulator.port}.json`);
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, JSON.stringify(running), { mode: 0o600 });
  await rename(draft, path);
  return () => rm(path, { force: true });
}
