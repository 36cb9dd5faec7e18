import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defaultChain } from '@aml-auth/credentials';
import { DefaultAzureCredential } from '@azure/identity';
import { azStandIn, withEnvironment } from '../measure/az-stand-in.ts';
import { interleave } from '../measure/interleave.ts';
import { timeCalls } from '../measure/time-calls.ts';
import type { BenchRow } from '../row.ts';

const SCOPE = 'https://management.azure.com/.default';
/** How Docker Desktop answers where there is no metadata service: at once, which favours whoever asks again. */
const UNREACHABLE = 'A socket operation was attempted to an unreachable network';

/** A call of the default chain at a desk, once it has found the Azure CLI. */
export const chainWalk: BenchRow = {
  title: 'the default chain at a desk, after its first call',
  async measure({ rounds }) {
    const server = createServer((_request, response) => response.writeHead(403).end(UNREACHABLE));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const az = azStandIn(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    try {
      return await withEnvironment(az.env, async () => {
        const [mine, theirs] = [defaultChain(), new DefaultAzureCredential()];
        const milliseconds = async (calls: number, credential: Pick<typeof mine, 'getToken'>) =>
          (await timeCalls(calls, () => credential.getToken(SCOPE))) / 1000;
        const { ours, ...peers } = await interleave(
          {
            ours: () => milliseconds(1_000, mine),
            '@azure/identity': () => milliseconds(1, theirs as unknown as typeof mine),
          },
          rounds,
        );
        return { unit: 'ms', ours, peers };
      });
    } finally {
      az.remove();
      server.closeAllConnections();
      server.close();
    }
  },
};
