import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { startEmulator, type Emulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PFX } from '../test/support/pfx.js';
import { amlAuth, MAIN } from './support/aml-auth.js';

let emulator: Emulator;
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
  emulator = await startEmulator();
  const PATH = [folder, dirname(process.execPath), process.env['PATH']].join(delimiter);
  env = {
    ...emulator.env('trainer'),
    HOME: folder,
    PATH,
    AML_AUTH_CACHE_DIR: join(folder, 'cache'),
    AML_AUTH_CONFIG_DIR: join(folder, 'config'),
    XDG_STATE_HOME: join(folder, 'state'),
  };
  await program('aml-auth', `exec '${process.execPath}' '${MAIN}' "$@"`);
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

const isThere = (...command: [string, ...string[]]): boolean =>
  spawnSync(command[0], command.slice(1)).status === 0;
const program = (name: string, script: string): Promise<void> =>
  writeFile(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
/** What the command that a setup has told prints. */
async function told(stderr: string): Promise<string> {
  const command = /^Run: (.*)$/m.exec(stderr)?.[1] ?? 'false';
  return (await promisify(execFile)('sh', ['-c', command], { env, cwd: folder })).stdout;
}

describe('what aml-auth setup tells', () => {
  it.skipIf(!isThere('python3', '--version'))('gives Python a token', async () => {
    const { stderr } = await amlAuth(['setup', 'python', '--file', join(folder, 'a.py')], { env });
    const claims = JSON.parse(await told(stderr)) as object;
    expect(claims).toMatchObject({ aud: 'https://ml.azure.com', oid: emulator.app('trainer').objectId });
  });

  it.skipIf(!isThere('java', '--version'))('gives Java a token', async () => {
    const { stderr } = await amlAuth(['setup', 'java', '--file', join(folder, 'TokenExample.java')], { env });
    const claims = JSON.parse(await told(stderr)) as object;
    expect(claims).toMatchObject({ aud: 'https://ml.azure.com', oid: emulator.app('trainer').objectId });
  });

  /** What the provider sends, by its source: `sdk/auth/managed_identity_authorizer.go` of hashicorp/go-azure-sdk. */
  it.skipIf(process.platform === 'win32')(
    'answers requests as the provider of Terraform sends them',
    async () => {
      const script = `
      const ask = async (resource) => {
        const query = new URLSearchParams({ 'api-version': '2018-02-01', resource });
        const answer = await fetch(process.env.ARM_MSI_ENDPOINT + '?' + query, { headers: { Metadata: 'true' } });
        return (await answer.json()).access_token;
      };
      Promise.all(['https://graph.microsoft.com', 'https://management.core.windows.net/'].map(ask)).then((tokens) => {
        console.log(JSON.stringify([process.argv[1], ...tokens]));
      });`;
      await writeFile(join(folder, 'terraform.js'), script);
      await program('terraform', `exec '${process.execPath}' --eval "$(cat '${folder}/terraform.js')" "$@"`);
      const setup = ['setup', 'terraform', '-s', emulator.subscription().id];
      const printed = await told((await amlAuth(setup, { env })).stderr);
      const [command, ...tokens] = JSON.parse(printed) as string[];
      expect(command).toBe('plan');
      expect(tokens.map((token) => decodeJwt(token).aud)).toEqual([
        'https://graph.microsoft.com',
        expect.stringMatching(/^https:\/\/management\.core\.windows\.net\/?$/),
      ]);
    },
  );

  it.skipIf(!isThere('kubectl', 'version', '--client'))('has kubectl send a token', async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer({ pfx: PFX.bytes, passphrase: PFX.password }, (request, response) => {
      seen.push(request.headers.authorization);
      response.setHeader('content-type', 'application/json').end('{"gitVersion":"v1.0.0"}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const file = join(folder, 'kubeconfig');
      const { port } = server.address() as AddressInfo;
      const cluster = `{ name: here, cluster: { server: 'https://127.0.0.1:${port}', insecure-skip-tls-verify: true } }`;
      await writeFile(
        file,
        `apiVersion: v1\nkind: Config\nclusters: [${cluster}]\ncontexts: [{ name: here, context: { cluster: here } }]\ncurrent-context: here\n`,
      );
      const setup = ['setup', 'kubectl', '--file', file, '--scope', 'https://management.azure.com/.default'];
      const { stderr } = await amlAuth(setup, { env });
      const use = /kubectl config set-context .*$/m.exec(stderr)?.[0] ?? 'false';
      const kubectl = { env: { ...env, KUBECONFIG: file }, cwd: folder };
      await promisify(execFile)('sh', ['-c', `${use} && kubectl get --raw /version`], kubectl);
      expect(decodeJwt(seen.at(-1)?.replace('Bearer ', '') ?? '')).toMatchObject({
        oid: emulator.app('trainer').objectId,
      });
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
