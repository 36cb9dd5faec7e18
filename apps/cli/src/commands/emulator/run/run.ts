import { runChild } from '../../../child/run-child.js';
import type { CliContext } from '../../../context.js';
import { childEnvironment } from '../child-environment.js';
import type { EmulatorFlags } from '../emulator-flags.js';
import { inspectorOf } from '../inspector.js';
import { startFromFlags } from '../start-from-flags.js';
import { writeBrowserScript } from './browser-script.js';
import { makeCacheFolder } from './cache-folder.js';
import { createRefusals } from './refusals.js';

/** Runs `aml-auth emulator run`. */
export async function run(
  context: CliContext,
  flags: EmulatorFlags,
  program = '',
  ...args: readonly string[]
): Promise<void> {
  const { env, stderr } = context.process;
  const refusals = createRefusals();
  const emulator = await startFromFlags(flags, { logger: refusals.logger });
  const browser =
    flags.proxy && process.platform !== 'win32'
      ? await writeBrowserScript(emulator.origin, env['BROWSER'])
      : undefined;
  const cache = await makeCacheFolder();
  try {
    const childEnv = {
      ...childEnvironment(env, emulator, flags),
      AML_AUTH_CACHE_DIR: cache.path,
      ...(browser === undefined ? {} : { BROWSER: browser.path }),
    };
    stderr.write(`The emulator runs. See what it is asked at ${inspectorOf(emulator.origin)}\n`);
    context.process.exitCode = await runChild(context, program, args, childEnv);
    stderr.write(refusals.summary());
  } finally {
    await emulator.close();
    await browser?.dispose();
    await cache.dispose();
  }
}
