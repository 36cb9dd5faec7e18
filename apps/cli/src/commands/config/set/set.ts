import type { CliContext } from '../../../context.js';
import { changeSettings, settingNamed } from '../../../settings/change-settings.js';
import { parseSetting } from '../../../settings/setting.js';
import type { ConfigSetFlags } from './command.js';

/** Runs `aml-auth config set`. */
export async function set(
  context: CliContext,
  { project }: ConfigSetFlags,
  name: string,
  value: string,
): Promise<void> {
  const setting = settingNamed(name, project);
  const checked = parseSetting(setting, value);
  const path = await changeSettings(context, project, (settings) => ({ ...settings, [setting]: checked }));
  context.process.stderr.write(`${context.messages.say.written(path)}\n`);
}
