import { text_en } from '@stricli/core';
import type { Messages } from './messages.js';

/** The source language. */
export const english: Messages = {
  locale: 'en',
  labels: { error: 'error', cause: 'cause', next: 'next', ids: 'ids', examples: 'EXAMPLES' },
  parser: text_en,
  say: {
    seeHelp: (command) => `See what there is: ${command}`,
    planned: ({ steps, unmanaged, problems }, command) =>
      `${steps} to do, ${unmanaged} not managed by the file, ${problems} problems.${steps > 0 && problems === 0 ? ` Do it: ${command}` : ''}`,
    asPlanned: () => 'The access is what the file says.',
    none: () => 'There are none.',
    waiting: () => 'Waiting for Azure …',
    askSecret: (clientId) => `Client secret of ${clientId}`,
    openingBrowser: () => 'Sign in in the browser window that opens. Ctrl-C gives up.',
    deviceCode: (uri, code, application) =>
      `To sign in to ${application}, open ${uri} and enter the code ${code}. Only do so if you started this yourself.`,
    signedIn: (name, account) => `Signed in as ${name}. The account is called ${account} here.`,
    storedIn: (tier, place) => `Tokens are kept in ${place} (tier ${tier}).`,
    notStored: (why) =>
      `Tokens are not kept on this machine: ${why} Set AML_AUTH_CACHE_PASSPHRASE_FILE or AML_AUTH_CACHE_KEY, or use --insecure-storage.`,
    secretNotKept: () =>
      'The secret is not kept: when its tokens have expired, sign in again. With a path in --client-secret-file it is read again.',
    signedOut: (account) => `Signed out ${account}.`,
    switched: (account) => `The account is now ${account}.`,
    subscriptionSet: (id, account) => `Commands of ${account} now use the subscription ${id}.`,
    serving: (style) => `Tokens are served in the style ${style}. Ctrl-C ends it.`,
    written: (path) => `Wrote ${path}.`,
    unchanged: (path) => `${path} has it already: nothing was changed.`,
    backedUp: (path) => `What was there before is in ${path}.`,
    askReplace: (entry, path) => `Replace ${entry} in ${path}?`,
    askOverwrite: (path) => `Write over ${path}?`,
    useUser: (command) => `Have a context use it: ${command}`,
    runWith: (command) => `Run: ${command}`,
    unreadable: (parts) => `Could not be read: ${parts}. What is allowed here may be refused in Azure.`,
    ungranted: (operations) => `No built-in role grants ${operations}; see customRole with -o json.`,
    cleared: (count) => `Forgot ${count} ${count === 1 ? 'token' : 'tokens'}.`,
    sealed: (moved, left, tier) => `Sealed ${moved} (tier ${tier}); ${left} are expired or cannot be read.`,
    warning: (message, remedy) => `warning: ${message} ${remedy}`,
    secretPrinted: () =>
      'The output holds a secret. Whoever reads it can sign in; with --credential-file it goes to a file.',
    unnamed: (why) => `Names of principals could not be looked up: ${why}`,
    askRevoke: (who) => `Take the access of ${who} back?`,
    askDelete: (what) => `Delete ${what}?`,
    askApply: (count) => `Change access in ${count} ${count === 1 ? 'step' : 'steps'}?`,
    insecureStorage: () => 'Tokens are kept in the clear, because --insecure-storage was given.',
  },
};
