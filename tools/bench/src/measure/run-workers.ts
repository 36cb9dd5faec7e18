import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Starts processes of a program of `src/workers`, lets them go, and gives what each answers last; undefined for one that
 * ended without an answer.
 *
 * @param when - `together`: when all are ready; `each`: each when it is ready itself, while others still start
 */
export async function runWorkers<T>(
  program: string,
  argumentsOf: readonly (readonly string[])[],
  when: 'together' | 'each' = 'together',
): Promise<(T | undefined)[]> {
  const path = fileURLToPath(new URL(`../workers/${program}`, import.meta.url));
  const workers = argumentsOf.map((args) => {
    const child = fork(path, [...args], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const ended = once(child, 'exit');
    return { child, ended, ready: Promise.race([once(child, 'message'), ended]) };
  });
  if (when === 'together') await Promise.all(workers.map(({ ready }) => ready));
  return Promise.all(
    workers.map(async ({ child, ended, ready }) => {
      await ready;
      let answer: T | undefined;
      child.on('message', (message) => {
        answer = message as T;
      });
      if (child.connected) child.send('go');
      await ended;
      return answer;
    }),
  );
}
