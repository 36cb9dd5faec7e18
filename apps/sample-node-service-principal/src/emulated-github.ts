// Runs github.ts as a job of GitHub Actions would: with the emulator as its cloud, and a server on loopback that gives
// out the job's tokens in GitHub's place. Only for trying it out; a real job has all of this.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createExternalIssuer, startEmulator } from '@aml-auth/emulator';

const subject = 'repo:contoso/models:ref:refs/heads/main';
const github = await createExternalIssuer({ issuer: 'https://token.actions.githubusercontent.com' });
const emulator = await startEmulator({
  seed: {
    issuers: [{ issuer: github.issuer, keys: github.jwks }],
    tenants: [{ name: 'contoso', apps: [{ name: 'ci', federated: [{ issuer: github.issuer, subject }] }] }],
    subscriptions: [{ name: 'dev', resourceGroups: [{ name: 'rg-ml', workspaces: [{ name: 'ws1' }] }] }],
    roleAssignments: [{ principal: 'app:ci', role: 'AzureML Data Scientist', scope: '/dev/rg-ml/ws1' }],
  },
});

const jobSecret = randomUUID();
const tokens = createServer((request, response) => {
  if (request.headers.authorization !== `bearer ${jobSecret}`) {
    response.writeHead(401).end();
    return;
  }
  void github.sign({ sub: subject }).then((value) => response.end(JSON.stringify({ value })));
}).listen(0, '127.0.0.1');
await once(tokens, 'listening');

try {
  const job = spawn(process.execPath, [join(import.meta.dirname, 'github.ts')], {
    stdio: 'inherit',
    env: {
      PATH: process.env['PATH'],
      ...emulator.env('ci'),
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: jobSecret,
    },
  });
  const [code] = (await once(job, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
} finally {
  tokens.close();
  tokens.closeAllConnections();
  await emulator.close();
}
