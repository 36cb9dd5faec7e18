import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServerMessage, TokenTarget } from '../servers/token-server.ts';

/** A token server in a process of its own. */
export interface ForkedServer {
  readonly target: TokenTarget;
  /** Bytes that it holds after a collection of what it no longer needs. */
  readonly heap: () => Promise<number>;
  readonly close: () => void;
}

/**
 * Starts a token server in a process of its own, so that it does not share a core with who measures it.
 *
 * @throws {Error} where the process ends before it serves
 */
export async function forkServer(name: 'emulator' | 'mock'): Promise<ForkedServer> {
  const program = fileURLToPath(new URL('../servers/serve.ts', import.meta.url));
  const child = fork(program, [name], { execArgv: ['--expose-gc'] });
  const next = async (): Promise<ServerMessage> => {
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`The server ${name} ended with ${String(code)}.`);
    });
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [ServerMessage];
    return message;
  };
  const first = await next();
  if (!('target' in first)) throw new Error(`The server ${name} did not say where it is.`);
  return {
    target: first.target,
    async heap() {
      child.send('heap');
      const message = await next();
      return 'heap' in message ? message.heap : Number.NaN;
    },
    close: () => {
      child.disconnect();
    },
  };
}
