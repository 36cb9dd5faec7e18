import { confirmFlag, type ConfirmFlag } from '../../settings/confirm.js';
import { textFlag } from '../../settings/text-flag.js';

/** Options of every `aml-auth setup …`. */
export interface SetupFlags extends ConfirmFlag {
  readonly file?: string | undefined;
}

/** How {@link SetupFlags} are parsed. */
export const setupFlags = {
  file: textFlag('Write it into this file, which keeps all else that is in it', 'path'),
  ...confirmFlag,
} as const;
