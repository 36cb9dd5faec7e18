import { run } from '@stricli/core';
import { application } from './application.js';
import { processContext } from './context.js';
import { EXIT } from './exit-code.js';
import { version } from './version.js';

// A reader that has seen enough (`| head -1`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const context = processContext();
await run(application(version), process.argv.slice(2), context);

// Stricli marks what it cannot parse with negative codes. Setting the code and returning, instead
// of exiting, lets a pipe take in everything that was written.
if (typeof process.exitCode === 'number' && process.exitCode < 0) process.exitCode = EXIT.usage;

// After Ctrl-C nothing may linger, such as a connection that is still being made: end as soon as
// both streams have been taken in.
if (context.signal.aborted) process.stdout.write('', () => process.stderr.write('', () => process.exit()));
