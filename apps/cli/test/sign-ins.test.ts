import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  createExternalIssuer,
  demoSeed,
  startEmulator,
  trustEmulator,
  type Emulator,
} from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PFX } from './support/pfx.js';
import { runCli } from './support/run-cli.js';
import { freshUser } from './support/signed-in-world.js';

/** A way to sign in: its flags, the variables of the machine, and the object id of who it is. */
interface Way {
  readonly flags: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly objectId: string | undefined;
  readonly method: string;
}

const SUBJECT = 'repo:contoso/models:ref:refs/heads/main';
const github = await createExternalIssuer({ issuer: 'https://token.actions.githubusercontent.com' });
const [contoso, ...others] = demoSeed.tenants;
const READERS = ['app:pipeline', 'app:packed', 'identity:id-cluster', 'host:vm'];

/** As the token service of GitHub Actions answers the jobs that know its word. */
const actions = createServer((request, response) => {
  const isJob = request.headers.authorization === 'bearer word-of-the-job';
  void github.sign({ sub: SUBJECT }).then((value) => {
    response.writeHead(isJob ? 200 : 401).end(JSON.stringify({ value }));
  });
});

let emulator: Emulator;
beforeAll(async () => {
  actions.listen(0, '127.0.0.1');
  await once(actions, 'listening');
  emulator = await startEmulator({
    seed: {
      ...demoSeed,
      tenants: [
        {
          ...contoso!,
          apps: [
            ...(contoso?.apps ?? []),
            {
              name: 'pipeline',
              certificates: ['generate'],
              federated: [{ issuer: github.issuer, subject: SUBJECT }],
            },
            { name: 'packed', certificates: [PFX.certificate] },
          ],
        },
        ...others,
      ],
      issuers: [{ issuer: github.issuer, keys: github.jwks }],
      roleAssignments: READERS.map((principal) => ({ principal, role: 'Reader', scope: '/dev' })),
      hosts: [
        { kind: 'vm', as: 'system' },
        { kind: 'vm', as: ['system', 'id-cluster'], name: 'trainer-vm' },
        { kind: 'aml-compute', as: 'cpu' },
      ],
    },
  });
  trustEmulator(emulator);
});
afterAll(async () => {
  await emulator.close();
  actions.closeAllConnections();
  await new Promise((resolve) => actions.close(resolve));
});

const principal = (name: string): string[] => {
  const { clientId, tenantId } = emulator.app(name);
  return ['--client-id', clientId, '--tenant', tenantId];
};
const json = (text: string) => JSON.parse(text) as Record<string, unknown>;

const WAYS: Readonly<Record<string, (home: string) => Promise<Way>>> = {
  'with a certificate in a PEM file': () => {
    const file = emulator.env('pipeline')['AZURE_CLIENT_CERTIFICATE_PATH'] ?? '';
    const flags = [...principal('pipeline'), '--certificate-file', file];
    const { objectId } = emulator.app('pipeline');
    return Promise.resolve({ flags, objectId, method: 'clientCertificate' });
  },
  'with a certificate in a PFX file, its password in a file': async (home) => {
    const [file, password] = [join(home, 'cert.pfx'), join(home, 'password')];
    await Promise.all([writeFile(file, PFX.bytes), writeFile(password, `${PFX.password}\n`)]);
    const flags = [
      ...principal('packed'),
      '--certificate-file',
      file,
      '--certificate-password-file',
      password,
    ];
    return { flags, objectId: emulator.app('packed').objectId, method: 'clientCertificate' };
  },
  'with a certificate in a PFX file, its password in a variable': async (home) => {
    const file = join(home, 'cert.pfx');
    await writeFile(file, PFX.bytes);
    return {
      flags: [...principal('packed'), '--certificate-file', file],
      env: { AZURE_CLIENT_CERTIFICATE_PASSWORD: PFX.password },
      objectId: emulator.app('packed').objectId,
      method: 'clientCertificate',
    };
  },
  'with a token file that the application trusts': async (home) => {
    const file = join(home, 'token');
    await writeFile(file, await github.sign({ sub: SUBJECT }));
    const flags = [...principal('pipeline'), '--federated-token-file', file];
    return { flags, objectId: emulator.app('pipeline').objectId, method: 'federated' };
  },
  'as the job of GitHub Actions that the application trusts': () =>
    Promise.resolve({
      flags: [...principal('pipeline'), '--federated', 'github'],
      env: {
        ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${(actions.address() as AddressInfo).port}/token`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'word-of-the-job',
      },
      objectId: emulator.app('pipeline').objectId,
      method: 'federated',
    }),
  'as the identity of a virtual machine': () => {
    const { env, identities } = emulator.host('vm');
    const objectId = identities[0]?.principalId;
    return Promise.resolve({ flags: ['--managed-identity'], env, objectId, method: 'managedIdentity' });
  },
  'as a user-assigned identity of a virtual machine': () => {
    const { principalId, clientId } = emulator.identity('id-cluster');
    return Promise.resolve({
      flags: ['--managed-identity', '--client-id', clientId],
      env: emulator.host('trainer-vm').env,
      objectId: principalId,
      method: 'managedIdentity',
    });
  },
  'as the identity of a compute of Azure Machine Learning': () =>
    Promise.resolve({
      flags: ['--managed-identity'],
      env: emulator.host('aml-compute').env,
      objectId: emulator.identity('id-cluster').principalId,
      method: 'managedIdentity',
    }),
};

/** Files that hold something of the account: its tokens, and what is known of it. */
async function leftovers(env: Readonly<Record<string, string>>, objectId: string): Promise<string[]> {
  const entries = await readdir(env['HOME'] ?? '', { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((file) => join(file.parentPath, file.name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'latin1')));
  return files.filter((file, index) => file.endsWith('.tok') || texts[index]?.includes(objectId));
}

describe('aml-auth login', () => {
  it.each(Object.entries(WAYS))(
    '%s: later commands find who it is, and after logout nothing is left',
    async (_way, make) => {
      const home = await freshUser(emulator);
      const { flags, objectId = '', method, env: more = {} } = await make(home['HOME'] ?? '');
      const env = { ...home, ...more };
      const run = async (...args: string[]) => {
        const { code, stdout, stderr } = await runCli(args, { env });
        expect([args.join(' '), code, stderr]).toEqual([args.join(' '), 0, '']);
        return stdout;
      };
      const signedIn = await runCli(['login', ...flags, '--name', 'ci'], { env });
      expect([signedIn.code, signedIn.stdout]).toEqual([0, '']);
      expect(signedIn.stderr).toContain('is called ci here');

      expect(json(await run('account', 'show', '-o', 'json'))).toMatchObject({
        name: 'ci',
        method,
        objectId,
        state: 'signedIn',
      });
      // Not the token of the sign-in: this one is fetched by the account as it is kept.
      const token = (await run('token', '--resource', 'https://ml.azure.com')).trim();
      expect(decodeJwt(token)).toMatchObject({ oid: objectId, aud: 'https://ml.azure.com' });
      expect(json(await run('whoami', '-o', 'json'))).toMatchObject({ objectId, kind: 'servicePrincipal' });
      const call = ['rest', '/subscriptions', '--api-version', '2022-12-01', '--all'];
      expect(json(await run(...call))).toMatchObject({ items: [{ displayName: 'dev' }] });

      expect((await runCli(['logout'], { env })).stderr).toBe('Signed out ci.\n');
      expect(await leftovers(env, objectId)).toEqual([]);
      expect((await runCli(['whoami'], { env })).code).toBe(4);
    },
  );

  it('keeps the password of a certificate nowhere', async () => {
    const home = await freshUser(emulator);
    const make = WAYS['with a certificate in a PFX file, its password in a variable'];
    const { flags, env: more } = await make!(home['HOME'] ?? '');
    expect((await runCli(['login', ...flags], { env: { ...home, ...more } })).code).toBe(0);
    expect(await leftovers(home, PFX.password)).toEqual([expect.stringMatching(/\.tok$/)]);
  });

  it.each([
    ['wrong', 'cannot be opened with this password'],
    [undefined, 'cannot be opened with this password'],
  ])('refuses a certificate whose password is %s', async (password, hint) => {
    const home = await freshUser(emulator);
    const file = join(home['HOME'] ?? '', 'cert.pfx');
    await writeFile(file, PFX.bytes);
    const env = {
      ...home,
      ...(password === undefined ? {} : { AZURE_CLIENT_CERTIFICATE_PASSWORD: password }),
    };
    const { code, stderr } = await runCli(['login', ...principal('packed'), '--certificate-file', file], {
      env,
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining(hint)]);
    // By the flag that the person has, not by the option of the library.
    expect(stderr).toContain('next: Check --certificate-password-file.');
    expect(stderr).not.toContain('certificatePassword');
  });
});
