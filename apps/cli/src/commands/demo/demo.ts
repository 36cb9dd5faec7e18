import { fromClientSecret } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { createArmClient } from '@aml-auth/rest';
import type { CliContext } from '../../context.js';
import type { DemoWorld } from './demo-step.js';
import { demoSteps } from './steps.js';

/** Runs `aml-auth demo`. */
export async function demo(context: CliContext): Promise<void> {
  const { stdout } = context.process;
  const say = (line: string): void => {
    stdout.write(`${line.trimEnd()}\n`);
  };
  const emulator = await startEmulator();
  try {
    trustEmulator(emulator);
    const world = worldOf(emulator, context.signal);
    say('aml-auth demo: a service principal and an Azure Machine Learning workspace.');
    say(`The cloud is an emulator on this machine, ${emulator.origin}. No Azure account is touched.`);
    for (const [index, step] of demoSteps.entries()) {
      say(`\n${index + 1}. ${step.title}`);
      for (const line of await step.run(world)) say(`   ${line}`);
    }
    say('\nAll steps did what they promise. "aml-auth --help" lists what else there is.');
  } finally {
    await emulator.close();
  }
}

function worldOf(emulator: Emulator, signal: AbortSignal): DemoWorld {
  const { cloud } = emulator;
  const credentialOf: DemoWorld['credentialOf'] = (name, secret) => {
    const app = emulator.app(name);
    const { tenantId, clientId } = app;
    return fromClientSecret({ tenantId, clientId, clientSecret: secret ?? app.secret ?? '', cloud });
  };
  return {
    emulator,
    cloud,
    signal,
    workspace: emulator.workspace(),
    credentialOf,
    armAs: (name) => createArmClient({ credential: credentialOf(name), cloud }),
  };
}
