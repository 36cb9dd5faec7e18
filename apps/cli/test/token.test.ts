import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDuration } from '../src/settings/parse-duration.js';
import { withMinLife } from '../src/accounts/with-min-life.js';
import { memoryTokenStore } from '@aml-auth/token-cache';
import { parseCli, runCli } from './support/run-cli.js';
import { freshUser } from './support/signed-in-world.js';
import { azdTokenSchema, azTokenSchema, execCredentialSchema } from './support/token-schemas.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const world = async () => ({ env: { ...(await freshUser(emulator)), ...emulator.env('trainer') } });
const json = (text: string) => JSON.parse(text) as Record<string, unknown>;

/** The object with one of its fields, at any depth, of another type or gone; without what may be gone. */
function changes(object: Record<string, unknown>): readonly Record<string, unknown>[] {
  return Object.entries(object).flatMap(([name, value]) => {
    const { [name]: _gone, ...rest } = object;
    const deeper = typeof value === 'object' && value !== null ? changes({ ...value }) : [];
    return [
      ...(name === 'subscription' ? [] : [rest]),
      ...[null, [], 'soon', -1.5].map((other) => ({ ...object, [name]: other })),
      ...deeper.map((other) => ({ ...object, [name]: other })),
    ];
  });
}

describe('aml-auth token', () => {
  it('raw and header are one line, and env is what a shell takes', async () => {
    const { stdout, stderr } = await runCli(['token', '--format', 'header'], await world());
    expect([stdout, stderr]).toEqual([expect.stringMatching(/^Authorization: Bearer [\w.-]+\n$/), '']);
    const variables = (await runCli(['token', '--format', 'env'], await world())).stdout;
    expect(variables).toMatch(
      /^export AML_AUTH_ACCESS_TOKEN='[\w.-]+'\nexport AML_AUTH_EXPIRES_ON='\d{10}'\n$/,
    );
  });

  it('azcli has the keys of az account get-access-token, with the expiry as local time and as epoch', async () => {
    const token = json((await runCli(['token', '--format', 'azcli'], await world())).stdout);
    expect(Object.keys(token)).toEqual([
      'accessToken',
      'expiresOn',
      'expires_on',
      'subscription',
      'tenant',
      'tokenType',
    ]);
    expect(token['accessToken']).toMatch(JWT);
    const [day = '', time = ''] = String(token['expiresOn']).split(' ');
    expect(`${day} ${time}`).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
    expect(Math.floor(new Date(`${day}T${time}`).getTime() / 1000)).toBe(token['expires_on']);
  });

  it('azd has a token and a time of RFC 3339', async () => {
    const token = json((await runCli(['token', '--format', 'azd'], await world())).stdout);
    expect(token).toEqual({
      token: expect.stringMatching(JWT) as string,
      expiresOn: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
    });
  });

  it.each([
    [undefined, 'v1'],
    ['{"apiVersion":"client.authentication.k8s.io/v1beta1"}', 'v1beta1'],
    ['not JSON', 'v1'],
    ['{"apiVersion":"evil"}', 'v1'],
  ])('execcredential answers kubectl that asked %j in version %s', async (info, version) => {
    const { env } = await world();
    const asked = info === undefined ? env : { ...env, KUBERNETES_EXEC_INFO: info };
    expect(json((await runCli(['token', '--format', 'execcredential'], { env: asked })).stdout)).toEqual({
      kind: 'ExecCredential',
      apiVersion: `client.authentication.k8s.io/${version}`,
      spec: { interactive: false },
      status: {
        expirationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
        token: expect.stringMatching(JWT) as string,
      },
    });
  });

  describe.each([
    ['execcredential', 'v1', execCredentialSchema('v1')],
    ['execcredential', 'v1beta1', execCredentialSchema('v1beta1')],
    ['azd', '', azdTokenSchema],
    ['azcli', '', azTokenSchema],
  ])('%s %s', (format, version, schema) => {
    const print = async () => {
      const { env } = await world();
      const KUBERNETES_EXEC_INFO = JSON.stringify({ apiVersion: `client.authentication.k8s.io/${version}` });
      const { stdout } = await runCli(['token', '--format', format], {
        env: { ...env, KUBERNETES_EXEC_INFO },
      });
      return json(stdout);
    };

    it('is what its published fields say, all that are required and no other', async () => {
      const printed = await print();
      expect(schema.safeParse(printed).error).toBeUndefined();
      expect(schema.safeParse({ ...printed, extra: 1 }).success).toBe(false);
      for (const changed of changes(printed)) expect(schema.safeParse(changed).success).toBe(false);
    });
  });

  it('adal has the fields of adal-node', async () => {
    const args = ['token', '--format', 'adal', '--resource', 'https://management.azure.com'];
    expect(json((await runCli(args, await world())).stdout)).toMatchObject({
      tokenType: 'Bearer',
      resource: 'https://management.azure.com',
      isMRRT: true,
      _clientId: emulator.app('trainer').clientId,
    });
  });

  it('takes a part of the object by --query, as scripts for az do', async () => {
    const { stdout } = await runCli(['token', '--query', 'accessToken', '-o', 'tsv'], await world());
    expect(decodeJwt(stdout.trim())).toMatchObject({ aud: 'https://ml.azure.com' });
  });

  it('is fetched once and then kept, until it would end too soon', async () => {
    const same = await world();
    const first = (await runCli(['token'], same)).stdout;
    const before = emulator.requests.length;
    const requests = () =>
      emulator.requests.slice(before).filter(({ path }) => path.includes('/oauth2/v2.0/token'));
    expect((await runCli(['token'], same)).stdout).toBe(first);
    expect((await runCli(['token', '--min-ttl', '1m'], same)).stdout).toBe(first);
    expect(requests()).toHaveLength(0);
    const long = await runCli(['token', '--min-ttl', '23h'], same);
    expect([long.code, long.stderr]).toEqual([
      2,
      expect.stringContaining('which is less than --min-ttl wants'),
    ]);
    expect(requests()).toHaveLength(1);
  });

  it.each([
    [['--scope', 'a/.default', '--resource', 'b'], 'Both --scope and --resource'],
    [['--min-ttl', 'soon'], 'not a span of time'],
    [['--format', 'header', '-o', 'json'], 'prints lines'],
    [['--format', 'xml'], 'xml'],
    [['--scope', 'https://evil/.default\r\nX: y'], 'scope'],
    [['--scope', ''], 'scope'],
  ])('refuses %j', async (args, hint) => {
    const { code, stdout, stderr } = await runCli(['token', ...args], await world());
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(hint)]);
  });
});

it.each([
  ['90', 90_000],
  ['90s', 90_000],
  ['5m', 300_000],
  ['24h', 86_400_000],
])('%s is %i milliseconds', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each(['', '-1', '1d', '25h', '1.5m', '9999999', '5 m'])('%j is no span of time', (text) => {
  expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: 'AML_CONFIG_INVALID' }) as Error);
});

it('a store without short lives gives only what lives long enough', async () => {
  const store = memoryTokenStore();
  const key = {
    authorityHost: 'https://a',
    tenantId: 't',
    clientId: 'c',
    fingerprint: 'f',
    scopes: ['s'],
    claims: '',
    enableCae: false,
    tokenType: 'Bearer',
  } as const;
  const now = Date.now();
  await store.set(key, { token: 'x', expiresOnTimestamp: now + 60_000 });
  const at = (life: number) => withMinLife(store, life, () => now).get(key);
  expect(await at(60_000)).toMatchObject({ token: 'x' });
  expect(await at(60_001)).toBeUndefined();
});

/** Options as commands get them: the words people type, and what becomes of them. */
it.each<[string, Record<string, unknown>, unknown[]]>([
  ['token --scope a -o tsv', { scope: 'a', output: 'tsv', input: true, color: true }, []],
  ['token --min-ttl=5m --no-input --no-color', { minTtl: '5m', input: false, color: false }, []],
  ['login -t contoso.com --device-code', { tenant: 'contoso.com', deviceCode: true, output: 'none' }, []],
  ['login --client-secret-file - --client-id x', { clientSecretFile: '-', clientId: 'x' }, []],
  ['logout --all', { all: true }, []],
  ['logout alice', { all: false }, ['alice']],
  ['account list -o json', { output: 'json' }, []],
  ['account show bob', { output: 'table' }, ['bob']],
  ['account switch bob', {}, ['bob']],
  ['subscription list --account a', { account: 'a' }, []],
  ['subscription set x --account a', { account: 'a' }, ['x']],
  ['tenant list --query a', { query: 'a' }, []],
  ['whoami -o yaml --lang ko', { output: 'yaml', lang: 'ko' }, []],
  [
    'exec --style imds --allow a --allow b -- x --style y',
    { style: 'imds', allow: ['a', 'b'] },
    ['x', '--style', 'y'],
  ],
  ['serve --port 8400 --any-resource', { port: 8400, anyResource: true, format: 'sh' }, []],
  ['workspace list -s 1 -g 2', { subscription: '1', resourceGroup: '2' }, []],
  ['workspace show ml -g 2', { resourceGroup: '2' }, ['ml']],
])('%s is parsed', async (line, flags, args) => {
  const parsed = await parseCli(line.split(' '));
  expect(parsed?.flags).toMatchObject(flags);
  expect(parsed?.args.filter((arg) => arg !== undefined)).toEqual(args);
});
