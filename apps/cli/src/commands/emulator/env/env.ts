import { join } from 'node:path';
import type { CliContext } from '../../../context.js';
import { formatVariables } from '../../../output/format-variables.js';
import { clientHint } from '../client-names.js';
import { listRunning, selectRunning } from '../running/find-running.js';
import { stateFolder } from '../state-folder.js';
import type { EmulatorEnvFlags } from './command.js';

/** Runs `aml-auth emulator env`. */
export async function env(context: CliContext, flags: EmulatorEnvFlags): Promise<void> {
  const { stdout, stderr, env: variables } = context.process;
  const running = selectRunning(await listRunning(join(stateFolder(variables), 'running')), flags.url);
  stdout.write(formatVariables(running.clients[flags.client], flags.format));
  const hint = clientHint(flags.client, running.proxy);
  if (hint !== undefined && flags.format !== 'json') stderr.write(`note: ${hint}\n`);
}
