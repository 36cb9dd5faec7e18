import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { explain, formatExplanation, type SkipEvent } from '@aml-auth/core';
import {
  azureMLChain,
  chain,
  defaultChain,
  developmentChain,
  fromClientSecret,
  fromWorkloadIdentity,
  productionChain,
  type SignInChainOptions,
} from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { azStandIn, type AzStandIn } from '../support/az-stand-in.js';

const ARM = 'https://management.azure.com/.default';
/** Nobody listens on the discard port: the metadata service is not there. */
const NO_METADATA = { AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://127.0.0.1:9' };

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      tenants: [
        {
          name: 'contoso',
          users: [
            { upn: 'alice@contoso', password: 'Pa55w0rd!' },
            { upn: 'bob@contoso', password: 'Pa55w0rd!' },
          ],
          apps: [{ name: 'trainer', secrets: [{ value: 'dev-secret' }] }],
        },
      ],
      subscriptions: [
        {
          name: 'dev',
          resourceGroups: [
            {
              name: 'rg',
              location: 'westeurope',
              identities: [{ name: 'id-one' }],
              workspaces: [
                {
                  name: 'ws1',
                  computes: [
                    { name: 'cluster', identity: 'id-one' },
                    { name: 'cluster-of-job', identity: 'id-one' },
                    { name: 'instance', kind: 'ComputeInstance', identity: 'none', user: 'alice@contoso' },
                  ],
                },
              ],
            },
          ],
        },
      ],
      hosts: [
        { kind: 'vm', as: ['system', 'id-one'] },
        { kind: 'aml-compute', as: 'cluster-of-job', name: 'job', onBehalfOf: 'bob@contoso' },
      ],
    },
  });
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

let az: AzStandIn;
beforeEach(async () => {
  az = await azStandIn();
});
afterEach(() => az.remove());

const environment = (secret = 'dev-secret') => {
  const { tenantId, clientId } = emulator.app('trainer');
  return { AZURE_TENANT_ID: tenantId, AZURE_CLIENT_ID: clientId, AZURE_CLIENT_SECRET: secret };
};

type Make = (options: SignInChainOptions) => ReturnType<typeof chain>;

async function winnerOf(make: Make, env: Record<string, string>): Promise<string> {
  const subject = make({ env: { ...az.env, ...NO_METADATA, ...env }, cloud: emulator.cloud });
  const { record } = await explain(subject, ARM);
  return record.links?.find(({ outcome }) => outcome === 'token')?.method ?? record.error?.code ?? 'nobody';
}

describe('the ready-made chains', () => {
  it.each<[string, Make, () => Record<string, string>, string]>([
    ['a service principal of the environment', productionChain, environment, 'clientSecret'],
    ['the same before the person at the desk', defaultChain, environment, 'clientSecret'],
    ['a machine', productionChain, () => emulator.host('vm').env, 'managedIdentity'],
    ['a desk', defaultChain, () => ({}), 'azureCli'],
    ['a desk, for people only', developmentChain, environment, 'azureCli'],
    ['nothing', productionChain, () => ({}), 'AML_CHAIN_EXHAUSTED'],
    [
      'a job on behalf of its user',
      azureMLChain,
      () => ({ ...environment(), ...emulator.host('job').env }),
      'azureMLOnBehalfOf',
    ],
    [
      'a cluster',
      azureMLChain,
      () => ({ ...environment(), ...emulator.host('cluster').env }),
      'managedIdentity',
    ],
    ['an instance without an identity', azureMLChain, () => emulator.host('instance').env, 'azureCli'],
    ['code for Azure ML at a desk', azureMLChain, () => ({}), 'azureCli'],
  ])('find %s', async (_what, make, env, expected) => {
    expect(await winnerOf(make, env())).toBe(expected);
  });

  it('give the job its user, and the cluster its identity', async () => {
    const claimsAt = async (host: string) => {
      const env = { ...az.env, ...emulator.host(host).env };
      return decodeJwt((await azureMLChain({ env }).getToken(ARM)).token);
    };
    expect(await claimsAt('job')).toMatchObject({ oid: emulator.user('bob@contoso').id });
    expect(await claimsAt('cluster')).toMatchObject({ appid: emulator.identity('id-one').clientId });
  });

  it('take AZURE_CLIENT_ID for the managed identity too, where it has no secret', async () => {
    const { clientId } = emulator.identity('id-one');
    const env = { ...emulator.host('vm').env, AZURE_CLIENT_ID: clientId };
    expect(decodeJwt((await productionChain({ env }).getToken(ARM)).token)['appid']).toBe(clientId);
  });

  it('stop where a link applies and is refused: nobody else signs in', async () => {
    const env = { ...az.env, ...environment('wrong') };
    for (const make of [productionChain, defaultChain, azureMLChain]) {
      await expect(make({ env, cloud: emulator.cloud }).getToken(ARM)).rejects.toMatchObject({
        code: 'AML_CREDENTIAL_REJECTED',
        aadsts: 7000215,
      });
    }
    expect(await az.runs()).toEqual([]);
  });

  it('ask nobody on the network before the environment has been looked at', async () => {
    const hosts: string[] = [];
    const noting: typeof fetch = (input, init) => {
      hosts.push(new URL(input instanceof Request ? input.url : String(input)).host);
      return fetch(input, init);
    };
    const env = { ...az.env, ...environment() };
    await azureMLChain({ env, cloud: emulator.cloud, fetch: noting }).getToken(ARM);
    expect(hosts).toEqual([new URL(emulator.origin).host]);
  });

  it('remember the winner: the second token of another resource asks nobody but it', async () => {
    const skips: SkipEvent[] = [];
    const env = { ...az.env, ...NO_METADATA };
    const subject = defaultChain({ env, events: { onSkip: (event) => skips.push(event) } });
    await subject.getToken(ARM);
    expect(skips.map(({ method }) => method)).toEqual([
      'environment',
      'workloadIdentity',
      'gitHubActions',
      'managedIdentity',
    ]);
    await subject.getToken(ARM);
    await subject.getToken('https://ml.azure.com/.default');
    expect(skips).toHaveLength(4);
    expect(await az.runs()).toHaveLength(2);
  });

  it('cost one token request for twenty callers at once, before there is a winner', async () => {
    const env = { ...az.env, ...environment() };
    const subject = defaultChain({ env, cloud: emulator.cloud });
    const before = emulator.requests.length;
    const tokens = await Promise.all(Array.from({ length: 20 }, () => subject.getToken(ARM)));
    expect(new Set(tokens)).toHaveLength(1);
    expect(emulator.requests.length - before).toBe(1);
    const atDesk = defaultChain({ env: { ...az.env, ...NO_METADATA } });
    await Promise.all(Array.from({ length: 20 }, () => atDesk.getToken(ARM)));
    expect(await az.runs()).toHaveLength(1);
  });

  it('add people only where they are asked for', () => {
    const methods = (options: SignInChainOptions) =>
      developmentChain(options)
        .describe()
        .links?.map(({ method }) => method);
    expect(methods({})).toEqual(['azureCli']);
    expect(methods({ browser: true, onPrompt: () => undefined })).toEqual([
      'azureCli',
      'browser',
      'deviceCode',
    ]);
  });
});

describe('AZURE_TOKEN_CREDENTIALS', () => {
  it.each<[string, Make, string]>([
    ['prod', defaultChain, 'clientSecret'],
    ['DEV', defaultChain, 'azureCli'],
    [' dev ', azureMLChain, 'azureCli'],
    ['', defaultChain, 'clientSecret'],
    ['azureclicredential', defaultChain, 'azureCli'],
    ['EnvironmentCredential', azureMLChain, 'clientSecret'],
    ['AzureCliCredential', developmentChain, 'azureCli'],
  ])('%j lets %o find %s', async (value, make, expected) => {
    expect(await winnerOf(make, { ...environment(), AZURE_TOKEN_CREDENTIALS: value })).toBe(expected);
  });

  it.each<[string, Make, RegExp]>([
    ['nonsense', defaultChain, /"nonsense", which leaves defaultChain without a link/],
    ['dev', productionChain, /"dev", which leaves productionChain without a link/],
    ['AzurePowerShellCredential', defaultChain, /a method that aml-auth does not have/],
  ])('%j is refused when the chain is made', (value, make, message) => {
    const attempt = () => make({ env: { AZURE_TOKEN_CREDENTIALS: value } });
    expect(attempt).toThrow(expect.objectContaining({ code: 'AML_CONFIG_INVALID' }));
    expect(attempt).toThrow(message);
  });

  it('that names the managed identity alone saves the probe', async () => {
    const { env: host } = emulator.host('vm');
    const requests = async (value: string) => {
      const before = emulator.requests.length;
      await productionChain({ env: { ...host, AZURE_TOKEN_CREDENTIALS: value } }).getToken(ARM);
      return emulator.requests.length - before;
    };
    expect(await requests('prod')).toBe(2);
    expect(await requests('ManagedIdentityCredential')).toBe(1);
  });
});

describe('explain of a chain', () => {
  it('says for every link what it saw, in JSON without a secret', async () => {
    const env = {
      ...az.env,
      ...NO_METADATA,
      ...emulator.host('instance').env,
      AZURE_TENANT_ID: 'contoso.com',
    };
    const explanation = await explain(azureMLChain({ env }), ARM);
    expect(explanation.record.links).toMatchObject([
      {
        method: 'azureMLOnBehalfOf',
        outcome: 'skipped',
        seen: [{ what: 'variable OBO_ENDPOINT', found: false }, {}],
      },
      {
        method: 'managedIdentity',
        outcome: 'skipped',
        seen: [
          { what: 'variable MSI_ENDPOINT', found: true },
          { what: 'variable MSI_SECRET', found: true },
          { what: 'variable DEFAULT_IDENTITY_CLIENT_ID', found: true },
        ],
        error: {
          code: 'AML_NOT_CONFIGURED',
          remedy: expect.stringContaining('single sign-on') as string,
        },
      },
      { method: 'environment', outcome: 'skipped' },
      { method: 'workloadIdentity', outcome: 'skipped' },
      { method: 'gitHubActions', outcome: 'skipped' },
      { method: 'managedIdentity', outcome: 'skipped' },
      {
        method: 'azureCli',
        outcome: 'token',
        seen: [
          { what: 'program az on the PATH', found: true },
          { what: expect.stringContaining('azureProfile.json') as string, found: true },
        ],
      },
    ]);
    const printed = JSON.stringify(explanation) + formatExplanation(explanation);
    for (const name of ['MSI_SECRET', 'MSI_ENDPOINT']) {
      expect(printed).not.toContain(emulator.host('instance').env[name]);
    }
    expect(printed).not.toMatch(/token-\d+/);
    expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
  });

  it('shows the number and the remedy of a refusal', async () => {
    const env = { ...az.env, ...environment('wrong') };
    const { record } = await explain(defaultChain({ env, cloud: emulator.cloud }), ARM);
    expect(record).toMatchObject({
      outcome: 'refused',
      error: { aadsts: 7000215, remedy: expect.stringContaining('az ad app credential reset') as string },
    });
    expect(JSON.stringify(record)).not.toContain('wrong"');
  });
});

it('chain publishes what it skips on the diagnostics channel', async () => {
  const heard: unknown[] = [];
  const listen = (message: unknown) => void heard.push(message);
  subscribe('aml-auth:skip', listen);
  const { tenantId, clientId, secret = '' } = emulator.app('trainer');
  const last = fromClientSecret({ tenantId, clientId, clientSecret: secret, cloud: emulator.cloud });
  await chain(fromWorkloadIdentity({ env: {} }), last).getToken(ARM);
  unsubscribe('aml-auth:skip', listen);
  expect(heard).toMatchObject([{ method: 'workloadIdentity', code: 'AML_NOT_CONFIGURED' }]);
});
