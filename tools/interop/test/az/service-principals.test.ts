import { readFile } from 'node:fs/promises';

import { fromClientSecret } from '@aml-auth/credentials';
import type { EmulatorSnapshot, Exchange } from '@aml-auth/emulator';
import {
  addCredential,
  createForRbac,
  createGraphClient,
  deleteServicePrincipal,
  formatForRbac,
  formatSdkAuth,
  githubFederation,
  listCredentials,
  removeCredential,
  showServicePrincipal,
  type CreatedForRbac,
  type GraphClient,
} from '@aml-auth/rbac';
import { createArmClient, type ArmClient } from '@aml-auth/rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { withAz, type Az } from '../support/az.ts';
import { requestLines, SIGN_IN } from '../support/request-lines.ts';
import { EXPECTED, steps, type Step } from './service-principal-steps.ts';

const running = withAz();
/** What a step asked, what it wrote, and what it printed where it prints. */
interface Trace {
  readonly requests: readonly string[];
  readonly written: readonly unknown[];
  readonly output: unknown;
}

let start: EmulatorSnapshot;
let az: Az;
let arm: ArmClient;
let graph: GraphClient;
const theirs = new Map<Step, Trace>();
const ours = new Map<Step, Trace>();

type Script = Readonly<Record<Step, () => Promise<unknown>>>;

const github = githubFederation({ owner: 'contoso', repository: 'ml', branch: 'main' });
const SUBJECT = 'repo-contoso-ml-ref-refs-heads-main';

function azScript(): Script {
  let appId = '';
  let keyId = '';
  const make = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await az.run(['ad', 'sp', 'create-for-rbac', ...args]);
    if (code !== 0) throw new Error(stderr);
    return stdout;
  };
  const app = (...args: string[]) => az.json('ad', 'app', ...args, '--id', appId);
  return {
    'make one with a role and a secret': async () => {
      const scope = running().emulator.workspace().id;
      const role = ['--role', 'AzureML Data Scientist', '--scopes', scope];
      const stdout = await make('--name', 'ml', ...role, '--sdk-auth');
      appId = (JSON.parse(stdout) as { clientId: string }).clientId;
      return stdout;
    },
    'make one with a secret alone': () => make('--name', 'plain'),
    'make one with a certificate': () => make('--name', 'cert', '--create-cert'),
    'show it': () => az.json('ad', 'sp', 'show', '--id', appId),
    'list its credentials': async () => {
      await app('credential', 'list');
      await app('federated-credential', 'list');
    },
    'add a secret': async () => {
      await app('credential', 'reset', '--append', '--display-name', 'second');
      keyId = keysOf(running().emulator.snapshot(), appId, 'second')[0] ?? '';
    },
    'remove that secret': () => app('credential', 'delete', '--key-id', keyId),
    'trust runs of GitHub Actions': () => {
      const { issuer, subject } = github;
      const body = { name: SUBJECT, issuer, subject, audiences: ['api://AzureADTokenExchange'] };
      return app('federated-credential', 'create', '--parameters', JSON.stringify(body));
    },
    'delete it': async () => {
      await az.json('ad', 'sp', 'delete', '--id', appId);
      await app('delete');
    },
  };
}

function ourScript(): Script {
  let created: CreatedForRbac | undefined;
  let keyId = '';
  const scope = (): string => running().emulator.workspace().id;
  const application = (): { appId: string } => ({ appId: created?.application.appId ?? '' });
  const year = { lifetimeDays: 365 };
  return {
    'make one with a role and a secret': async () => {
      created = await createForRbac(graph, {
        arm,
        application: { displayName: 'ml' },
        credential: { kind: 'secret', ...year },
        role: 'AzureML Data Scientist',
        scopes: [scope()],
      });
      return `${formatSdkAuth(created)}\n`;
    },
    'make one with a secret alone': async () => {
      const options = {
        application: { displayName: 'plain' },
        credential: { kind: 'secret', ...year },
      } as const;
      return `${formatForRbac(await createForRbac(graph, options))}\n`;
    },
    'make one with a certificate': async () => {
      const made = await createForRbac(graph, { application: { displayName: 'cert' } });
      return `${formatForRbac(made, { certificateFile: 'cert.pem' })}\n`;
    },
    'show it': () => showServicePrincipal(graph, { principal: application() }),
    'list its credentials': () => listCredentials(graph, { application: application() }),
    'add a secret': async () => {
      const credential = { kind: 'secret', displayName: 'second', ...year } as const;
      keyId = (await addCredential(graph, { application: application(), credential })).id;
    },
    'remove that secret': () => removeCredential(graph, { application: application(), id: keyId }),
    'trust runs of GitHub Actions': () =>
      addCredential(graph, { application: application(), credential: github }),
    'delete it': () => deleteServicePrincipal(graph, { arm, principal: application(), scopes: [scope()] }),
  };
}

interface Row {
  readonly clientId: string;
  readonly passwordCredentials: readonly { readonly keyId: string; readonly displayName: string | null }[];
}

/** Key ids of the secrets of that name. */
function keysOf(snapshot: EmulatorSnapshot, appId: string, name: string): readonly string[] {
  const { applications = {} } = snapshot.tables as unknown as Record<string, Record<string, Row>>;
  const row = Object.values(applications).find(({ clientId }) => clientId === appId);
  return (row?.passwordCredentials ?? []).filter((key) => key.displayName === name).map((key) => key.keyId);
}

beforeAll(async () => {
  const { emulator, newAz } = running();
  const { clientId, tenantId, secret: clientSecret = '' } = emulator.app('platform-admin');
  start = emulator.snapshot();
  az = await newAz();
  await az.json('login', '--service-principal', '-u', clientId, '--tenant', tenantId, '-p', clientSecret);
  const { cloud, fetch } = emulator;
  const credential = fromClientSecret({ tenantId, clientId, clientSecret, cloud, fetch });
  arm = createArmClient({ credential, cloud, fetch });
  graph = createGraphClient({ credential, cloud, fetch });
  await run(azScript(), theirs);
  emulator.restore(start);
  await run(ourScript(), ours);
});

afterAll(() => {
  running().emulator.restore(start);
});

async function run(script: Script, traces: Map<Step, Trace>): Promise<void> {
  const { emulator } = running();
  for (const step of steps) {
    const last = emulator.requests.at(-1)?.sequence ?? 0;
    const output = await script[step]();
    const exchanges = emulator.requests.filter(({ sequence }) => sequence > last);
    const asked = exchanges.filter(({ path }) => !SIGN_IN.test(path));
    traces.set(step, {
      requests: requestLines(emulator, asked),
      written: asked.filter(({ method }) => method !== 'GET' && method !== 'DELETE').flatMap(bodyOf),
      output,
    });
  }
}

const GUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;

/** The body of a write, without what is new in each run and what only az or we send. */
function bodyOf({ request, path }: Exchange): readonly unknown[] {
  const text = (request.body ?? '{}')
    .replaceAll(/"(\d{4}-\d\d-\d\d)T[^"]*"/g, '"$1"')
    .replaceAll(GUID, '{id}');
  const { keyCredentials: _keys, ...body } = JSON.parse(text) as Record<string, unknown>;
  // The certificate comes with the application from az, and after it from us.
  return /\/applications\/[^/]+$/.test(path) ? [] : [body];
}

/** Output without what is new in each run. */
function masked(output: unknown): string {
  const { emulator } = running();
  const tenant = emulator.tenant().id;
  const subscription = emulator.subscription().id;
  return String(output)
    .replaceAll(tenant, '{tenant}')
    .replaceAll(subscription, '{subscription}')
    .replaceAll(GUID, '{id}')
    .replace(/("clientSecret"|"password"): "[^"]+"/, '$1: "{secret}"')
    .replace(/("fileWithCertAndPrivateKey"): "[^"]+"/, '$1: "{file}"');
}

describe.each(steps)('to %s, az and we', (step) => {
  const { why, az: azLines, us } = EXPECTED[step];

  test(`send these requests, in this order: ${why}`, () => {
    expect(theirs.get(step)?.requests).toEqual(azLines);
    expect(ours.get(step)?.requests).toEqual(us);
  });

  test('write the same', () => {
    expect(ours.get(step)?.written).toEqual(theirs.get(step)?.written);
  });
});

describe.each(steps.filter((step) => step.startsWith('make one')))('to %s, az and we', (step) => {
  test('print the same, byte for byte but for ids, secrets and file names', () => {
    const printed = masked(theirs.get(step)?.output);
    expect(printed).toMatch(/^\{\n {2}"/);
    expect(masked(ours.get(step)?.output)).toBe(printed);
  });
});

test('the certificate file of az holds what ours is said to hold: private key and certificate', async () => {
  const output = JSON.parse(String(theirs.get('make one with a certificate')?.output)) as Record<
    string,
    string
  >;
  const pem = await readFile(output['fileWithCertAndPrivateKey'] ?? '', 'utf8');
  expect([...pem.matchAll(/-----BEGIN ([A-Z ]+)-----/g)].map(([, kind]) => kind).sort()).toEqual([
    'CERTIFICATE',
    'PRIVATE KEY',
  ]);
});

test('az leaves its role assignment behind, and we do not', () => {
  const removed = (trace: Trace | undefined) =>
    trace?.requests.filter((line) => line.startsWith('DELETE {workspace}/roleAssignments'));
  expect([removed(theirs.get('delete it'))?.length, removed(ours.get('delete it'))?.length]).toEqual([0, 1]);
  const assignments = ({ tables }: EmulatorSnapshot) =>
    Object.keys((tables as unknown as Record<string, object>)['roleAssignments'] ?? {});
  expect(assignments(running().emulator.snapshot())).toEqual(assignments(start));
});
