import type { CliContext } from '../../../context.js';
import { changeSettings, settingNamed } from '../../../settings/change-settings.js';
import type { ConfigSetFlags } from '../set/command.js';

/** Runs `aml-auth config unset`. */
export async function unset(context: CliContext, { project }: ConfigSetFlags, name: string): Promise<void> {
  const setting = settingNamed(name, project);
  const path = await changeSettings(context, project, (settings) =>
    Object.fromEntries(Object.entries(settings).filter(([key]) => key !== setting)),
  );
  context.process.stderr.write(`${context.messages.say.written(path)}\n`);
}
