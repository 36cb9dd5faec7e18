import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './free-port.js';
import { startRedisServer, type RedisServer } from './start-redis-server.js';

const run = promisify(execFile);

/** A real Redis Cluster of three masters on loopback. */
export interface RedisCluster {
  /** The masters, then a replica of each where there are replicas. */
  readonly nodes: readonly RedisServer[];
  /** Ends all nodes and removes their folders. */
  close(): Promise<void>;
}

/** Between two looks whether the nodes agree, and how many there are. */
const [LOOK_MS, LOOKS] = [100, 300];

/**
 * Starts three nodes and joins them. Needs `redis-server` and `redis-cli`.
 *
 * @param replicas - how many replicas each master has: one of them takes over when it dies
 */
export async function startRedisCluster(replicas: 0 | 1 = 0): Promise<RedisCluster> {
  const nodes: RedisServer[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.close()));
  };
  try {
    for (let index = 0; index < 3 * (1 + replicas); index += 1) nodes.push(await startNode());
    const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`);
    const settings = ['--cluster-replicas', String(replicas), '--cluster-yes'];
    await run('redis-cli', ['--cluster', 'create', ...addresses, ...settings]);
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
    '2000',
    // A replica that takes over at once, with whatever it has: tokens are fetched anew.
    '--repl-diskless-sync-delay',
    '0',
    '--cluster-replica-validity-factor',
    '0',
  ]);
}

/** Waits until the node sees the whole cluster and, where it is a replica, its master. */
async function agreed({ port }: RedisServer): Promise<void> {
  const ask = async (...question: string[]): Promise<string> =>
    (await run('redis-cli', ['-p', String(port), ...question])).stdout;
  for (let look = 0; look < LOOKS; look += 1) {
    const isWhole = (await ask('cluster', 'info')).includes('cluster_state:ok');
    const isLinked = !(await ask('info', 'replication')).includes('master_link_status:down');
    if (isWhole && isLinked) return;
    await pause(LOOK_MS);
  }
  throw new Error(`The node at port ${port} did not join the cluster.`);
}
