import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A stand-in for Azure Resource Manager in a process of its own. */
export interface ArmServer {
  /** Where a URL of `https://management.azure.com` is answered. */
  readonly locate: (url: string) => string;
  readonly close: () => void;
}

/** Starts an {@link ArmServer}, which does not share a core with who measures it. */
export async function forkArmServer(): Promise<ArmServer> {
  const child = fork(fileURLToPath(new URL('../servers/serve-arm.ts', import.meta.url)));
  const [port] = (await once(child, 'message')) as [number];
  return {
    locate: (url) => url.replace('https://management.azure.com', `http://127.0.0.1:${port}`),
    close: () => {
      child.disconnect();
    },
  };
}
