import { codeCache } from './code-cache.js';
import { version } from './version.js';

// A reader that has seen enough (`| head -1`) is no error, and neither is a terminal that was closed.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}

const [, , first, second] = process.argv;
if (first === '--version' && second === undefined) {
  // Asked for by scripts and editors, often: nothing else need be loaded for it.
  process.stdout.write(`${version}\n`);
} else {
  codeCache(process.env);
  const { runMain } = await import('./run-main.js');
  await runMain(version);
}
