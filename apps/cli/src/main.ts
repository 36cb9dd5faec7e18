import { run } from '@stricli/core';
import { application } from './application.js';
import { processContext } from './context.js';
import { EXIT } from './exit-code.js';
import { chooseLocale } from './messages/choose-locale.js';
import { loadMessages } from './messages/load-messages.js';
import { version } from './version.js';

// A reader that has seen enough (`| head -1`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const args = process.argv.slice(2);
const { env } = process;
const messages = await loadMessages(chooseLocale({ args, env, isTerminal: process.stdout.isTTY }));
const ownArgs = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
const color = !ownArgs.includes('--no-color') && !env['NO_COLOR'] && env['TERM'] !== 'dumb';

const context = processContext({ messages, color });
await run(application(version, { messages, color }), args, context);

// Stricli marks what it cannot parse with negative codes. Setting the code and returning, instead
// of exiting, lets a pipe take in everything that was written.
if (typeof process.exitCode === 'number' && process.exitCode < 0) process.exitCode = EXIT.usage;

// After Ctrl-C nothing may linger, such as a connection that is still being made: end as soon as
// both streams have been taken in.
if (context.signal.aborted) process.stdout.write('', () => process.stderr.write('', () => process.exit()));
