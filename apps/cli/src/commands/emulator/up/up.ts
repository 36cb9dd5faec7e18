import { once } from 'node:events';
import { join } from 'node:path';
import { EMULATOR_CLIENTS, type Emulator } from '@aml-auth/emulator';
import type { CliContext, OutputStream } from '../../../context.js';
import { formatVariables } from '../../../output/format-variables.js';
import { printJson } from '../../../output/print-json.js';
import { CLIENT_TITLES, clientHint } from '../client-names.js';
import { inspectorOf } from '../inspector.js';
import { publishRunning } from '../running/publish-running.js';
import { startFromFlags } from '../start-from-flags.js';
import { stateFolder } from '../state-folder.js';
import type { EmulatorUpFlags } from './command.js';

/** Runs `aml-auth emulator up`. */
export async function up(context: CliContext, flags: EmulatorUpFlags): Promise<void> {
  const { env, stdout, stderr } = context.process;
  const folder = stateFolder(env);
  const emulator = await startFromFlags(flags, flags.keep ? { stateDir: folder } : {});
  let withdraw: (() => Promise<void>) | undefined;
  try {
    withdraw = await publishRunning(emulator, join(folder, 'running'), flags).catch((error: unknown) => {
      // It runs all the same; only the other commands do not find it.
      stderr.write(`warning: "aml-auth emulator env" will not find it: ${String(error)}\n`);
      return undefined;
    });
    stderr.write(`The emulator runs at ${emulator.origin}. No Azure account is touched. Ctrl-C ends it.\n`);
    stderr.write(`See what it is asked at ${inspectorOf(emulator.origin)}\n`);
    if (flags.output === 'json') printJson(stdout, description(emulator, flags));
    else printBlocks(stdout, emulator, flags);
    if (!context.signal.aborted) await once(context.signal, 'abort');
  } finally {
    await withdraw?.();
    await emulator.close();
  }
}

function description(emulator: Emulator, { app, proxy }: EmulatorUpFlags): Record<string, unknown> {
  return {
    origin: emulator.origin,
    inspector: inspectorOf(emulator.origin),
    proxy,
    env: emulator.env(app),
    clients: Object.fromEntries(EMULATOR_CLIENTS.map((client) => [client, emulator.clientEnv(client, app)])),
  };
}

/** Blocks for a shell, each whole in itself. What stands after `#` is for people. */
function printBlocks(stream: OutputStream, emulator: Emulator, { app, proxy }: EmulatorUpFlags): void {
  for (const client of EMULATOR_CLIENTS) {
    const hint = clientHint(client, proxy);
    stream.write(`# ${CLIENT_TITLES[client]}${hint === undefined ? '' : `: ${hint}`}\n`);
    stream.write(`${formatVariables(emulator.clientEnv(client, app), 'sh')}\n`);
  }
}
