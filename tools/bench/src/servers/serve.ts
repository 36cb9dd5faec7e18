import { startEmulatorServer } from './start-emulator-server.ts';
import { startMockServer } from './start-mock-server.ts';
import type { ServerMessage } from './token-server.ts';

/*
 * A process that serves tokens: `node --expose-gc serve.ts emulator`. It tells its parent where, answers
 * every message with the memory that it holds, and ends with its parent.
 */
const servers = { emulator: startEmulatorServer, mock: startMockServer };
const [, , name = ''] = process.argv;
if (!(name in servers)) throw new Error(`There is no server ${name}.`);

const { target } = await servers[name as keyof typeof servers]();
const tell = (message: ServerMessage): void => {
  process.send?.(message);
};
process.on('message', () => {
  globalThis.gc?.();
  tell({ heap: process.memoryUsage().heapUsed });
});
process.once('disconnect', () => process.exit());
tell({ target });
