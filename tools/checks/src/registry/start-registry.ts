import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pnpm } from '../workspace/pnpm.ts';
import { lastWords } from '../workspace/run-program.ts';

const VERDACCIO = '6.10.4';

/** A registry of npm packages on the loopback interface. */
export interface Registry {
  readonly url: string;
  /** Ends its process. */
  close(): Promise<void>;
}

/**
 * Installs and starts Verdaccio in the folder. It has packages of our scope alone, and asks no other registry.
 * Answers with the reason, as text, where it cannot be had.
 */
export async function startRegistry(root: string, folder: string): Promise<Registry | string> {
  await mkdir(folder, { recursive: true });
  const manifest = { private: true, dependencies: { verdaccio: VERDACCIO } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  // One of its packages asks for a tag of node-fetch that registries may lack.
  await writeFile(
    join(folder, 'pnpm-workspace.yaml'),
    JSON.stringify({ overrides: { 'node-fetch@cjs': '2.7.0' } }),
  );
  const args = ['install', '--prefer-offline', '--ignore-scripts', '--no-frozen-lockfile'];
  const installed = await pnpm(root, args, folder);
  if (installed.code !== 0) return `Verdaccio cannot be installed: ${lastWords(installed, 2)}`;
  const port = await freePort();
  await writeFile(join(folder, 'config.yaml'), JSON.stringify(settings(folder)));
  const program = join(folder, 'node_modules/verdaccio/bin/verdaccio');
  const child = spawn(
    process.execPath,
    [program, '--config', join(folder, 'config.yaml'), '--listen', `127.0.0.1:${port}`],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let said = '';
  const listens = new Promise<boolean>((resolve) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes('http address')) resolve(true);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(() => resolve(false));
  });
  if (!(await listens)) return `Verdaccio does not start: ${said.trim().slice(-300)}`;
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      child.kill();
      await ended;
    },
  };
}

function settings(folder: string): object {
  return {
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    uplinks: {},
    packages: { '@aml-auth/*': { access: '$all', publish: '$all' } },
    web: { enable: false },
    log: { type: 'stdout', format: 'pretty', level: 'info', colors: false },
  };
}

/** Verdaccio cannot say which port it took, so one is looked for. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
