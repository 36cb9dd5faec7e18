import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explain } from '@aml-auth/core';
import { fromManagedIdentity } from '@aml-auth/credentials';
import { createExternalIssuer, startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runScript } from '../support/run-script.js';
import { differences, wireFacts, type WireRequest } from '../wire/wire-facts.js';
import { recordingFetch } from '../wire/recorders.js';

const ARM = 'https://management.azure.com/.default';
const ISSUER = 'https://oidc.cluster.example';

let emulator: Emulator;
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  const issuer = await createExternalIssuer({ issuer: ISSUER });
  emulator = await startEmulator({
    seed: {
      tenants: [
        {
          name: 'contoso',
          apps: [
            { name: 'pod', federated: [{ issuer: ISSUER, subject: 'pod' }] },
            { name: 'other', federated: [{ issuer: ISSUER, subject: 'pod' }] },
          ],
        },
      ],
      subscriptions: [{ name: 'dev', resourceGroups: [{ name: 'rg', location: 'westeurope' }] }],
      issuers: [{ issuer: ISSUER, keys: issuer.jwks }],
      hosts: [{ kind: 'vm', as: 'system' }],
    },
  });
  trustEmulator(emulator);
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
  const file = join(folder, 'token');
  await writeFile(file, await issuer.sign({ sub: 'pod', aud: 'api://AzureADTokenExchange' }));
  const { tenantId, clientId } = emulator.app('pod');
  env = {
    ...emulator.host('vm').env,
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: clientId,
    AZURE_FEDERATED_TOKEN_FILE: file,
  };
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

describe('the managed identity of a pod', () => {
  it('is that of the projected token, and not that of the node', async () => {
    const credential = fromManagedIdentity({ env, cloud: emulator.cloud });
    const before = emulator.requests.length;
    expect(decodeJwt((await credential.getToken(ARM)).token)['appid']).toBe(emulator.app('pod').clientId);
    expect(emulator.requests.slice(before)).toHaveLength(1);
    const { record } = await explain(credential, ARM);
    expect(record).toMatchObject({ method: 'managedIdentity', outcome: 'token' });
    expect(record.seen).toContainEqual({ what: `file ${join(folder, 'token')}`, found: true });
  });

  it('can be another one by its client id, and by nothing else', async () => {
    const { clientId } = emulator.app('other');
    const { cloud } = emulator;
    const other = fromManagedIdentity({ env, cloud, clientId });
    expect(decodeJwt((await other.getToken(ARM)).token)['appid']).toBe(clientId);
    const byObjectId = fromManagedIdentity({ env, cloud, objectId: clientId });
    await expect(byObjectId.getToken(ARM)).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
  });

  it('is that of the machine where nothing is projected', async () => {
    const { token } = await fromManagedIdentity({ env: emulator.host('vm').env }).getToken(ARM);
    expect(decodeJwt(token)['oid']).toBe(emulator.host('vm').identities[0]?.principalId);
  });

  it('asks as ManagedIdentityCredential of @azure/identity asks', async () => {
    const sent: WireRequest[] = [];
    await fromManagedIdentity({ env, cloud: emulator.cloud, fetch: recordingFetch(sent) }).getToken(ARM);
    const before = emulator.requests.length;
    const client = new URL('../wire/clients/managed-identity.mjs', import.meta.url);
    await runScript(client, {}, { ...emulator.env(), AZURE_CLIENT_SECRET: '', ...env });
    // It sends from a process of its own: the emulator says what came, without the assertion.
    const published = emulator.requests.slice(before).find(({ method }) => method === 'POST');
    const facts = (form: Readonly<Record<string, string>>, path: string) => {
      const { client_assertion: _assertion, ...rest } = form;
      const url = `${emulator.origin}${path.split('?')[0] ?? ''}`;
      return wireFacts({ method: 'POST', url, headers: {}, body: new URLSearchParams(rest).toString() });
    };
    const [ours] = sent;
    const form = Object.fromEntries(new URLSearchParams(ours?.body));
    expect(
      differences(
        facts(published?.form ?? {}, published?.path ?? ''),
        facts(form, new URL(ours?.url ?? '').pathname),
      ),
    ).toEqual([]);
  });
});
