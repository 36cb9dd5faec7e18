import { codeCache } from './code-cache.js';
import { version } from './version.js';

const [, , first, second] = process.argv;
if (first === '--version' && second === undefined) {
  // Asked for by scripts and editors, often: nothing else need be loaded for it.
  process.stdout.write(`${version}\n`);
} else {
  codeCache(process.env);
  await import('./run-main.js');
}
