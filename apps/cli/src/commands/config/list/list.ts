import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import { loadSettings } from '../../../settings/load-settings.js';
import type { ConfigListFlags } from './command.js';

/** Runs `aml-auth config list`. */
export async function list(context: CliContext, flags: ConfigListFlags): Promise<void> {
  const settings = Object.entries(await loadSettings(context));
  const values = settings.map(([name, { value, ...from }]) => [
    name,
    flags.showOrigin ? { value, ...from } : value,
  ]);
  await present(context, flags, { settings: Object.fromEntries(values) as object }, () =>
    flags.showOrigin
      ? {
          headings: ['name', 'value', 'origin', 'place'],
          rows: settings.map(([name, { value, origin, place }]) => [name, value, origin, place]),
        }
      : { headings: ['name', 'value'], rows: settings.map(([name, { value }]) => [name, value]) },
  );
}
