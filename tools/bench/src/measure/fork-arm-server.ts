import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { relocateRequests } from './relocate-requests.ts';

const ARM = 'https://management.azure.com';

/** A stand-in for Azure Resource Manager in a process of its own, where `fetch` arrives that asks for the real one. */
export interface ArmServer {
  /** Where a URL of `https://management.azure.com` is answered, for clients that do not use `fetch`. */
  readonly locate: (url: string) => string;
  readonly close: () => void;
}

/** Starts an {@link ArmServer}, which does not share a core with who measures it. */
export async function forkArmServer(): Promise<ArmServer> {
  const child = fork(fileURLToPath(new URL('../servers/serve-arm.ts', import.meta.url)));
  const [port] = (await once(child, 'message')) as [number];
  const origin = `http://127.0.0.1:${port}`;
  const end = relocateRequests(ARM, origin);
  return {
    locate: (url) => url.replace(ARM, origin),
    close: () => {
      end();
      child.disconnect();
    },
  };
}
