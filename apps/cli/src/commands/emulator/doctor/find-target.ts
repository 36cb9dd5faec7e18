import type { RunningEmulator } from '../running/running-emulator.js';
import { selectRunning } from '../running/find-running.js';
import type { Facts, Target } from './facts.js';

/**
 * The emulator that is meant: the one that is named, else the one that the shell is set up for, else the only one
 * that runs.
 *
 * @throws {AmlAuthError} as {@link selectRunning}, where one is named, or several run and the shell names none
 */
export function findTarget(
  running: readonly RunningEmulator[],
  env: Facts['env'],
  url: string | undefined,
): Target | undefined {
  const own = targetOfShell(env);
  if (url === undefined && own !== undefined) {
    const known = running.find(({ origin }) => origin === own.origin);
    return known === undefined ? own : targetOf(known);
  }
  if (url === undefined && running.length === 0) return undefined;
  return targetOf(selectRunning(running, url));
}

function targetOf({ origin, proxy, ca }: RunningEmulator): Target {
  return { origin, proxy, ca, port: new URL(origin).port };
}

/** What the variables of a shell, or of a program that `emulator run` runs, say. */
function targetOfShell(env: Facts['env']): Target | undefined {
  const proxy = loopback(env['HTTPS_PROXY'] ?? env['https_proxy']);
  const authority = loopback(env['AZURE_AUTHORITY_HOST']);
  const url = authority?.protocol === 'https:' ? authority : proxy;
  if (url === undefined) return undefined;
  return {
    origin: `https://localhost:${url.port}`,
    port: url.port,
    proxy: url === proxy,
    ca: env['NODE_EXTRA_CA_CERTS'],
  };
}

function loopback(text: string | undefined): URL | undefined {
  const url = URL.parse(text ?? '');
  const isLoopback =
    url !== null && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname) && url.port !== '';
  return isLoopback ? url : undefined;
}
