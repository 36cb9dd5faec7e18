import { defineCommand } from '../../../define-command.js';

/** Options of `aml-auth cache migrate`. */
export interface CacheMigrateFlags {
  readonly rotate: boolean;
}

/** `aml-auth cache migrate`: seals anew. */
export const cacheMigrateCommand = defineCommand<CacheMigrateFlags>({
  brief: 'Seal kept tokens with the present key',
  fullDescription:
    'Also those that lie in the clear. With --rotate a new key is made first, where the key is kept in a keyring.',
  examples: ['cache migrate', 'cache migrate --rotate'],
  parameters: {
    flags: { rotate: { kind: 'boolean', default: false, withNegated: false, brief: 'Make a new key first' } },
  },
  load: async () => (await import('./migrate.js')).migrate,
});
