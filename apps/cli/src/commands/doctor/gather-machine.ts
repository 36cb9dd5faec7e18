import type { Stats } from 'node:fs';
import { access, constants, lstat, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Cloud } from '@aml-auth/core';
import { cacheDirectory } from '@aml-auth/token-cache';
import { configFolder, type Environment } from '../../files/config-folder.js';
import type { HostFact, ProgramFact, UnsafeFile } from './facts.js';
import { reachHost } from './reach-host.js';

/** Asks each host of the cloud for something that needs no token. */
export async function reachHosts(cloud: Cloud, signal: AbortSignal): Promise<readonly HostFact[]> {
  const hosts = {
    login: cloud.authorityHost,
    'resource-manager': cloud.resourceManager.endpoint,
    graph: cloud.graph.endpoint,
  };
  return Promise.all(
    Object.entries(hosts).map(([name, url]) => reachHost({ name, url, method: 'HEAD' }, signal)),
  );
}

/** Variables with the path of a file that proves an identity. */
const FILES = ['AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_FEDERATED_TOKEN_FILE'] as const;

/** Variables that name a file which cannot be read. */
export async function unreadableFiles(env: Environment): Promise<readonly string[]> {
  const found = await Promise.all(
    FILES.map(async (name) => {
      const path = env[name];
      return path === undefined || path === '' || (await may(path, constants.R_OK)) ? [] : [name];
    }),
  );
  return found.flat();
}

/** Where the program is in the PATH, and the folders up to it in which others could put one of that name. */
export async function findProgram(name: string, env: Environment): Promise<ProgramFact> {
  const unsafe: string[] = [];
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) {
      unsafe.push(folder === '' ? '(the working directory)' : folder);
      continue;
    }
    const found = await stat(folder).catch(() => undefined);
    if (found === undefined) continue;
    const path = join(folder, process.platform === 'win32' ? `${name}.cmd` : name);
    const isThere = await may(path, constants.X_OK);
    if (process.platform !== 'win32' && isOpen(found, isThere)) unsafe.push(folder);
    if (!isThere) continue;
    const file = process.platform === 'win32' ? undefined : await stat(path).catch(() => undefined);
    if (file !== undefined && isOpen(file, false)) unsafe.push(path);
    return { name, path, unsafe };
  }
  return { name, unsafe };
}

/** In a sticky folder others can add a file and not replace one. */
function isOpen({ mode, uid }: Stats, keepsWhatIsThere: boolean): boolean {
  if (uid !== 0 && uid !== process.geteuid?.()) return true;
  const isSticky = (mode & 0o1000) !== 0;
  return (mode & 0o002) !== 0 && !(isSticky && keepsWhatIsThere);
}

function may(path: string, how: number): Promise<boolean> {
  return access(path, how).then(
    () => true,
    () => false,
  );
}

/** Our files and folders that others may write to, or read where they hold tokens, and a cache that is not ours. */
export async function findUnsafeFiles(env: Environment): Promise<readonly UnsafeFile[]> {
  if (process.platform === 'win32') return [];
  const [config, cache] = [configFolder(env), cacheDirectory(env)];
  const wanted = [
    ...(config === undefined
      ? []
      : [
          { path: config, mode: 0o700, mask: 0o022 },
          ...['config.json', 'accounts.json'].map((name) => ({
            path: join(config, name),
            mode: 0o600,
            mask: 0o022,
          })),
        ]),
    ...(cache === undefined ? [] : [{ path: cache, mode: 0o700, mask: 0o077, isCache: true }]),
  ];
  const found = await Promise.all(wanted.map(examine));
  return found.flat();
}

interface Wanted {
  readonly path: string;
  readonly mode: number;
  /** The permissions that nobody else may have. */
  readonly mask: number;
  /** The reader of the other files says itself what is wrong with a link or an owner. */
  readonly isCache?: boolean;
}

async function examine({ path, mode, mask, isCache = false }: Wanted): Promise<readonly UnsafeFile[]> {
  const stats = await lstat(path).catch(() => undefined);
  if (stats === undefined) return [];
  if (stats.isSymbolicLink()) return isCache ? [{ path, problem: 'a link' }] : [];
  if (stats.uid !== process.geteuid?.()) return isCache ? [{ path, problem: 'of another user' }] : [];
  return (stats.mode & mask) === 0 ? [] : [{ path, problem: 'open to others', mode }];
}
