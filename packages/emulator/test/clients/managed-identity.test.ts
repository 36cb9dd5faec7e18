import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { startEmulator } from '@aml-auth/emulator';
import { decodeJwt, type JWTPayload } from 'jose';
import { describe, expect, test } from 'vitest';

import { hostsSeed, readAs } from '../support/hosts.js';
import { withEmulator } from '../support/with-emulator.js';

const SCOPE = 'https://management.azure.com/.default';
const PROGRAM = fileURLToPath(new URL('managed-identity.mjs', import.meta.url));
const emulated = withEmulator({ seed: hostsSeed });

interface Output {
  readonly token?: string;
  readonly expiresOnTimestamp?: number;
  readonly error?: string;
  readonly claims: JWTPayload;
}

interface Selector {
  readonly clientId?: string;
  readonly objectId?: string;
  readonly resourceId?: string;
  /** `DefaultAzureCredential`. */
  readonly chain?: boolean;
}

/** The client keeps its source for the whole process: every call gets a process of its own. */
async function run(env: Readonly<Record<string, string>>, selector: Selector = {}): Promise<Output> {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, SCOPE, JSON.stringify(selector)], {
    env: { PATH: process.env['PATH'], ...env },
    timeout: 60_000,
  });
  const output = JSON.parse(stdout) as Omit<Output, 'claims'>;
  return { ...output, claims: output.token === undefined ? {} : decodeJwt(output.token) };
}

/** Milliseconds. The client's clock and the emulator's are the same. */
function expectLifetime({ expiresOnTimestamp = 0 }: Output, lifetime: number): void {
  expect(expiresOnTimestamp).toBeGreaterThan(Date.now() + lifetime - 60_000);
  expect(expiresOnTimestamp).toBeLessThan(Date.now() + lifetime + 60_000);
}

const DAY = 86_400_000;
const identity = () => emulated().identity('id-cluster');

describe('an unmodified ManagedIdentityCredential', () => {
  test('on a virtual machine: its token opens what the machine has a role for, and nothing else', async () => {
    const output = await run(emulated().host('vm').env);
    expect(output.claims['oid']).toBe(emulated().host('vm').identities[0]!.principalId);
    expectLifetime(output, DAY);
    const { id } = emulated().subscription();
    expect(await readAs(emulated(), output.token, `/subscriptions/${id}/resourceGroups/rg-ml2`)).toBe(200);
    expect(await readAs(emulated(), output.token, emulated().workspace('ws1').id)).toBe(403);
  });

  test('on a machine with an address below the emulator’s, by object id', async () => {
    const { objectId, clientId } = { objectId: identity().principalId, clientId: identity().clientId };
    const { claims } = await run(emulated().host('two-identities').env, { objectId });
    expect(claims['appid']).toBe(clientId);
  });

  test('on a machine that does not have the identity', async () => {
    const { error } = await run(emulated().host('vm').env, { clientId: identity().clientId });
    expect(error).toContain('Identity not found');
  });

  test('in App Service, as the system-assigned identity and by resource id', async () => {
    const { env } = emulated().host('web');
    const output = await run(env);
    expect(output.claims['oid']).toBe(emulated().host('web').identities[0]!.principalId);
    expectLifetime(output, DAY);
    expect(await readAs(emulated(), output.token, emulated().workspace('ws1').id)).toBe(200);
    expect((await run(env, { resourceId: identity().id })).claims['appid']).toBe(identity().clientId);
  });

  test('in App Service, where the only user-assigned identity must be named', async () => {
    const { env } = emulated().host('user-assigned-web');
    expect((await run(env)).error).toContain('Unable to load the proper Managed Identity.');
    const { clientId } = identity();
    expect((await run(env, { clientId })).claims['appid']).toBe(clientId);
  });

  test('on a cluster of Azure Machine Learning', async () => {
    const output = await run(emulated().host('cpu').env);
    expect(output.claims['oid']).toBe(identity().principalId);
    expectLifetime(output, DAY);
    expect(await readAs(emulated(), output.token, emulated().workspace('ws1').id)).toBe(200);
  });

  test('on an instance without an identity, where it gets the token of the user', async () => {
    const output = await run(emulated().host('no-msi').env);
    expect(output.claims['upn']).toBe(emulated().user('alice@contoso').name);
    expectLifetime(output, 3_600_000);
  });

  test('in an online endpoint', async () => {
    const { claims } = await run(emulated().host('scoring').env);
    expect(claims['oid']).toBe(emulated().host('scoring').identities[0]!.principalId);
  });

  test('in Cloud Shell, as the person', async () => {
    const { claims } = await run(emulated().host('cloud-shell').env);
    expect(claims['upn']).toBe(emulated().user('alice@contoso').name);
  });

  test('in Service Fabric, over TLS', async () => {
    const { NODE_EXTRA_CA_CERTS = '' } = emulated().env();
    const { env } = emulated().host('service-fabric');
    const output = await run({ ...env, NODE_EXTRA_CA_CERTS });
    expect(output.claims['oid']).toBe(identity().principalId);
    expectLifetime(output, DAY);
    expect((await run(env)).error).toMatch(/certificate|network/i);
  });
});

test('an unmodified DefaultAzureCredential gets to the machine’s identity', async () => {
  const { claims } = await run(emulated().host('vm').env, { chain: true });
  expect(claims['oid']).toBe(emulated().host('vm').identities[0]!.principalId);
});

/** Where the client insists on key files; other systems, and other users than root, may not write there. */
const AGENT = '/var/opt/azcmagent';
const skipReason =
  process.platform !== 'linux'
    ? 'not on Linux'
    : existsSync(AGENT)
      ? `${AGENT} is in use`
      : canWrite()
        ? undefined
        : `${AGENT} cannot be written to`;

function canWrite(): boolean {
  try {
    mkdirSync(AGENT, { recursive: true });
    rmdirSync(AGENT);
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(skipReason !== undefined)(
  `an unmodified ManagedIdentityCredential with Azure Arc${skipReason === undefined ? '' : ` (skipped: ${skipReason})`}`,
  () => {
    test('reads the key file, gets its token, and takes no other identity for the one that it named', async () => {
      const emulator = await startEmulator({
        seed: {
          ...hostsSeed,
          hosts: [
            ...hostsSeed.hosts!,
            { kind: 'arc', as: 'system', name: 'old-agent', keyDir: 'agent' },
            { kind: 'arc', as: ['system', 'id-cluster'], name: 'new-agent', keyDir: 'agent' },
          ],
        },
      });
      const { clientId } = emulator.identity('id-cluster');
      try {
        const { env, identities } = emulator.host('old-agent');
        const output = await run(env);
        expect(output.claims['oid']).toBe(identities[0]!.principalId);
        expectLifetime(output, DAY);
        expect((await run(env, { clientId })).error).toMatch(/confirm/i);
        expect((await run(emulator.host('new-agent').env, { clientId })).claims['appid']).toBe(clientId);
      } finally {
        await emulator.close();
      }
    });
  },
);
