import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { amlAuth, start } from './support/aml-auth.js';

const node = (program: string): string[] => [process.execPath, '--input-type=module', '--eval', program];
const run = (...args: string[]): string[] => ['emulator', 'run', ...args];
const hasCurl = spawnSync('curl', ['--version']).status === 0;

/** Prints the status of an answer, or that there was none. */
const FETCH = (url: string): string =>
  `const r = await fetch('${url}').catch(() => ({ status: 'no answer' })); console.log(r.status);`;

describe('aml-auth emulator run, as a proxy', () => {
  it('lets fetch of Node.js reach Azure at its own address, and only the emulator answers', async () => {
    const program = `
      const { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client_id, AZURE_CLIENT_SECRET: client_secret } = process.env;
      const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret, scope: 'https://management.azure.com/.default' });
      const signedIn = await fetch('https://login.microsoftonline.com/' + tenant + '/oauth2/v2.0/token', { method: 'POST', body });
      const { access_token: token } = await signedIn.json();
      const answer = await fetch('https://management.azure.com/subscriptions?api-version=2022-12-01', { headers: { authorization: 'Bearer ' + token } });
      console.log(answer.status, (await answer.json()).value[0].displayName);`;
    const { code, stdout } = await amlAuth(run('--', ...node(program)));
    expect([code, stdout]).toEqual([0, '200 dev\n']);
  });

  it('lets the doctor ask every host of the cloud, that of the workspace too', async () => {
    const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
    const { code, stdout } = await amlAuth(run('--', process.execPath, main, 'doctor', '--no-redact'));
    expect(stdout).toContain('ok       host-login: https://login.microsoftonline.com answers\n');
    expect(stdout).toContain('ok       host-machine-learning: https://westeurope.api.azureml.ms answers\n');
    expect(code).toBe(0);
  });

  it('turns other hosts away, and says which', async () => {
    const { stdout, stderr } = await amlAuth(run('--', ...node(FETCH('https://example.org/'))));
    expect(stdout).toBe('no answer\n');
    expect(stderr).toContain('The emulator let nothing through to example.org:443.');
    expect(stderr).toContain('--passthrough example.org');
  });

  it('lets through what --passthrough names', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const program = `delete process.env.no_proxy; delete process.env.NO_PROXY;
      const { request } = await import('node:http');
      const { port } = new URL(process.env.HTTP_PROXY);
      request({ host: '127.0.0.1', port, path: 'http://${host}/', agent: false }, (r) => console.log(r.statusCode)).end();`;
    const through = await amlAuth(run('--passthrough', host, '--', ...node(program)));
    expect([through.code, through.stdout]).toEqual([0, '204\n']);
    expect((await amlAuth(run('--', ...node(program)))).stdout).toBe('502\n');
    server.close();
  });

  it.each([
    ['a URL', 'https://pypi.org'],
    ['a host of Azure', 'management.azure.com'],
  ])('refuses %s as --passthrough', async (_what, host) => {
    const { code, stderr } = await amlAuth(run('--passthrough', host, '--', process.execPath, '--version'));
    expect(code).toBe(2);
    expect(stderr).toContain('AML_CONFIG_INVALID');
  });

  it('takes settings away that lead to another cloud or proxy', async () => {
    const env = {
      AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.us',
      NO_PROXY: 'azure.com,microsoftonline.com',
      HTTPS_PROXY: 'http://127.0.0.1:9',
      ALL_PROXY: 'http://127.0.0.1:9',
      AZURE_FEDERATED_TOKEN_FILE: '/nowhere',
    };
    const program = `console.log(process.env.AZURE_AUTHORITY_HOST, process.env.ALL_PROXY, process.env.AZURE_FEDERATED_TOKEN_FILE);
      ${FETCH('https://management.azure.com/metadata/endpoints?api-version=2022-09-01')}`;
    const { stdout } = await amlAuth(run('--', ...node(program)), { env });
    expect(stdout).toBe('undefined undefined undefined\n200\n');
  });

  it('with --no-proxy names the address of the emulator instead', async () => {
    const program = 'console.log(process.env.AZURE_AUTHORITY_HOST, process.env.HTTPS_PROXY)';
    const { stdout } = await amlAuth(run('--no-proxy', '--', ...node(program)));
    expect(stdout).toMatch(/^https:\/\/localhost:\d+ undefined\n$/);
  });

  it.skipIf(!hasCurl)('leads curl as well', async () => {
    const url = 'https://graph.microsoft.com/v1.0/users';
    const args = [
      '--',
      'curl',
      '--silent',
      '--show-error',
      '--output',
      '/dev/null',
      '--write-out',
      '%{http_code}',
      url,
    ];
    expect((await amlAuth(run(...args))).stdout).toBe('401');
  });

  it('opens pages of Azure in a browser at the address of the emulator, and others as they are', async () => {
    const open = (url: string) =>
      amlAuth(run('--', 'sh', '-c', '"$BROWSER" "$1"', 'sh', url), { env: { BROWSER: 'echo opened' } });
    expect((await open('https://login.microsoftonline.com/common/x?a=$b&c')).stdout).toMatch(
      /^opened https:\/\/localhost:\d+\/common\/x\?a=\$b&c\n$/,
    );
    expect((await open('https://login.microsoftonline.com.example/')).stdout).toBe(
      'opened https://login.microsoftonline.com.example/\n',
    );
  });

  it('serves the commands of aml-auth itself', async () => {
    const main = new URL('../dist/main.js', import.meta.url).pathname;
    const { code, stdout } = await amlAuth(
      run('--', process.execPath, main, 'workspace', 'show', '-o', 'json'),
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'ws1' });
  });
});

describe('signals', () => {
  const program = `
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(name, () => { console.log(name); process.exit(7); });
    }
    setInterval(() => {}, 1000);
    console.log('ready');`;

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s reaches the program, whose exit code counts',
    async (name) => {
      const child = start(run('--', ...node(program)));
      const lines: string[] = [];
      const closed = once(child, 'close');
      createInterface({ input: child.stdout! }).on('line', (line) => {
        lines.push(line);
        if (line === 'ready') child.kill(name);
      });
      expect(await closed).toEqual([7, null]);
      expect(lines).toEqual(['ready', name]);
    },
  );
});
