import { access, constants, lstat, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { estimateClockSkew, type Cloud } from '@aml-auth/core';
import { cacheDirectory } from '@aml-auth/token-cache';
import { configFolder, type Environment } from '../../files/config-folder.js';
import type { HostFact, OpenFile, ProgramFact } from './facts.js';

/** A host that does not answer in this time is as good as not there. */
const LIMIT_MS = 5_000;

/** Asks each host of the cloud for something that needs no token. */
export async function reachHosts(cloud: Cloud, signal: AbortSignal): Promise<readonly HostFact[]> {
  const hosts = {
    login: cloud.authorityHost,
    'resource-manager': cloud.resourceManager.endpoint,
    graph: cloud.graph.endpoint,
  };
  return Promise.all(Object.entries(hosts).map(([name, origin]) => reach(name, origin, signal)));
}

async function reach(name: string, origin: string, signal: AbortSignal): Promise<HostFact> {
  try {
    const sentAt = Date.now();
    const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
    const response = await fetch(origin, { method: 'HEAD', redirect: 'manual', signal: limit });
    const skew = estimateClockSkew(response.headers, sentAt, Date.now());
    return { name, origin, skewMs: skew?.ms };
  } catch (error) {
    const { code, message } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    return { name, origin, problem: typeof code === 'string' ? code : message };
  }
}

/** Where the program is in the PATH, and which folders up to it are open to others. */
export async function findProgram(name: string, env: Environment): Promise<ProgramFact> {
  const unsafe: string[] = [];
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) {
      unsafe.push(folder === '' ? '(the working directory)' : folder);
      continue;
    }
    const found = await stat(folder).catch(() => undefined);
    if (found === undefined) continue;
    if (process.platform !== 'win32' && (found.mode & 0o002) !== 0 && (found.mode & 0o1000) === 0)
      unsafe.push(folder);
    const path = join(folder, process.platform === 'win32' ? `${name}.cmd` : name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return { name, path, unsafe };
  }
  return { name, unsafe };
}

/** Our files and folders that others may write to, or read where they hold tokens. */
export async function findOpenFiles(env: Environment): Promise<readonly OpenFile[]> {
  if (process.platform === 'win32') return [];
  const [config, cache] = [configFolder(env), cacheDirectory(env)];
  const wanted = [
    ...(config === undefined
      ? []
      : ['config.json', 'accounts.json'].map((name) => ({
          path: join(config, name),
          mode: 0o600,
          mask: 0o022,
        }))),
    ...(cache === undefined ? [] : [{ path: cache, mode: 0o700, mask: 0o077 }]),
  ];
  const found = await Promise.all(
    wanted.map(async ({ path, mode, mask }) => {
      const stats = await lstat(path).catch(() => undefined);
      const isOpen = stats !== undefined && !stats.isSymbolicLink() && (stats.mode & mask) !== 0;
      return isOpen ? [{ path, mode }] : [];
    }),
  );
  return found.flat();
}
