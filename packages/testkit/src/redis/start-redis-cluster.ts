import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './free-port.js';
import { startRedisServer, type RedisServer } from './start-redis-server.js';

const run = promisify(execFile);

/** A real Redis Cluster of three masters on loopback. */
export interface RedisCluster {
  readonly nodes: readonly RedisServer[];
  close(): Promise<void>;
}

/** Between two looks whether the nodes agree, and how many there are. */
const [LOOK_MS, LOOKS] = [100, 300];

/** Starts three nodes and joins them. Needs `redis-server` and `redis-cli`. */
export async function startRedisCluster(): Promise<RedisCluster> {
  const nodes: RedisServer[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.close()));
  };
  try {
    for (let index = 0; index < 3; index += 1) nodes.push(await startNode());
    const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`);
    await run('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-yes']);
    await Promise.all(nodes.map(agreed));
    return { nodes, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The bus gets a free port too: by default it is the port of the node plus 10,000, which may not exist. */
async function startNode(): Promise<RedisServer> {
  const cluster = ['--cluster-enabled', 'yes', '--cluster-port', String(await freePort())];
  return startRedisServer([
    ...cluster,
    '--cluster-config-file',
    'nodes.conf',
    '--cluster-node-timeout',
    '5000',
  ]);
}

async function agreed({ port }: RedisServer): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    const { stdout } = await run('redis-cli', ['-p', String(port), 'cluster', 'info']);
    if (stdout.includes('cluster_state:ok')) return;
    await pause(LOOK_MS);
  }
  throw new Error(`The node at port ${port} did not join the cluster.`);
}
