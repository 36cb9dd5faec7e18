import { dirname, join } from 'node:path';
import { keepCertificateAuthority, writeTrustFiles } from '@aml-auth/emulator';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import { listRunning, selectRunning } from '../running/find-running.js';
import { stateFolder } from '../state-folder.js';
import type { EmulatorCaPathFlags } from './command.js';

/** Runs `aml-auth emulator ca path`. */
export async function caPath(context: CliContext, flags: EmulatorCaPathFlags): Promise<void> {
  const { env, stdout } = context.process;
  const folder = stateFolder(env);
  const running = await listRunning(join(folder, 'running'));
  const isRunning = running.length > 0 || flags.url !== undefined;
  const ca = isRunning ? selectRunning(running, flags.url).ca : await keptAuthority(folder);
  if (flags.output === 'table' && flags.query === undefined) {
    stdout.write(`${ca}\n`);
    return;
  }
  const beside = dirname(ca);
  const files = { ca, bundle: join(beside, 'ca-bundle.pem'), truststore: join(beside, 'truststore.p12') };
  await present(context, flags, { ...files, running: isRunning }, () => ({ record: files }));
}

async function keptAuthority(folder: string): Promise<string> {
  const { certificate } = await keepCertificateAuthority(folder);
  return writeTrustFiles(certificate, folder).ca;
}
