import { run } from '@stricli/core';
import { application } from './application.js';
import { processContext } from './context.js';
import { EXIT } from './exit-code.js';
import { chooseLocale } from './messages/choose-locale.js';
import { loadMessages } from './messages/load-messages.js';
import { readLanguage } from './settings/read-language.js';

/** What putting away takes, such as giving a lease back, is far less. */
const PUT_AWAY_MS = 200;

/** Runs the command line of this process. */
export async function runMain(version: string): Promise<void> {
  const args = process.argv.slice(2);
  const { env } = process;
  const messages = await loadMessages(
    chooseLocale({ args, env, isTerminal: process.stdout.isTTY, setting: readLanguage(env) }),
  );
  const ownArgs = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  const color = !ownArgs.includes('--no-color') && !env['NO_COLOR'] && env['TERM'] !== 'dumb';

  const context = processContext({ messages, color });
  const app = application(version, { messages, words: args, color, endedBy: context.endedBy });
  if (args[0] === 'complete' && args[1] === '--') {
    const { complete } = await import('./complete.js');
    await complete(app, args.slice(2), context);
  } else {
    await run(app, args, context);
  }

  // Stricli marks what it cannot parse with negative codes. Setting the code and returning, instead
  // of exiting, lets a pipe take in everything that was written.
  if (typeof process.exitCode === 'number' && process.exitCode < 0) process.exitCode = EXIT.usage;

  // After Ctrl-C nothing may linger, such as a connection that is still being made: the program ends as soon as both streams
  // have been taken in, and what was begun has been put away or had its time for that.
  if (context.signal.aborted) {
    process.stdout.write('', () =>
      process.stderr.write('', () => setTimeout(() => process.exit(), PUT_AWAY_MS).unref()),
    );
  }
}
