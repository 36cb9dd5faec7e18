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

const running = withAz();
const steps = [
  'make one with a role and a secret',
  'make one with a secret alone',
  'make one with a certificate',
  'show it',
  'list its credentials',
  'add a secret',
  'remove that secret',
  'trust runs of GitHub Actions',
  'delete it',
] as const;
type Step = (typeof steps)[number];

const MAKE_PRINCIPAL = 'POST graph:/servicePrincipals {accountEnabled, appId}';
const ADD_SECRET = 'POST graph:/applications/{id}/addPassword {passwordCredential}';
const ROLE = "GET {workspace}/roleDefinitions where roleName eq 'AzureML Data Scientist'";
const ASSIGN = 'PUT {workspace}/roleAssignments/{id} {principalId, principalType, roleDefinitionId}';
/** az looks an application up by a filter and reads it again by its object id; we read it by its application id. */
const FIND = "GET graph:/applications where appId eq '{id}'";
const READ = 'GET graph:/applications/{id}';
const READ_BY_APP_ID = "GET graph:/applications(appId='{id}')";
const FEDERATED = 'GET graph:/applications/{id}/federatedIdentityCredentials';
const REMOVE_SECRET = 'POST graph:/applications/{id}/removePassword {keyId}';
const TRUST = 'POST graph:/applications/{id}/federatedIdentityCredentials {audiences, issuer, name, subject}';
const byName = (name: string): readonly string[] => [
  `GET graph:/servicePrincipals where displayName eq '${name}'`,
  `GET graph:/applications where startswith(displayName,'${name}')`,
];

interface Expected {
  readonly az: readonly string[];
  readonly us: readonly string[];
  readonly why: string;
}

/** Every request of every step, in order, and why they differ. */
const EXPECTED: Readonly<Record<Step, Expected>> = {
  'make one with a role and a secret': {
    az: [
      ...byName('ml'),
      'POST graph:/applications {displayName, keyCredentials}',
      ADD_SECRET,
      MAKE_PRINCIPAL,
      ROLE,
      ASSIGN,
    ],
    us: [
      ROLE,
      'POST graph:/applications {displayName}',
      ADD_SECRET,
      MAKE_PRINCIPAL,
      'GET {workspace}/roleAssignments/{id}',
      ASSIGN,
    ],
    why: 'we take nothing over by its name, look for the role before anything is made, and read before we assign',
  },
  'make one with a secret alone': {
    az: [
      ...byName('plain'),
      'POST graph:/applications {displayName, keyCredentials}',
      ADD_SECRET,
      MAKE_PRINCIPAL,
    ],
    us: ['POST graph:/applications {displayName}', ADD_SECRET, MAKE_PRINCIPAL],
    why: 'we take nothing over by its name',
  },
  'make one with a certificate': {
    az: [...byName('cert'), 'POST graph:/applications {displayName, keyCredentials}', MAKE_PRINCIPAL],
    us: [
      'POST graph:/applications {displayName}',
      READ,
      'PATCH graph:/applications/{id} {keyCredentials}',
      READ,
      MAKE_PRINCIPAL,
    ],
    why: 'we add the certificate as to an application that is there, and look whether it came',
  },
  'show it': {
    az: [
      "GET graph:/servicePrincipals where servicePrincipalNames/any(c:c eq '{id}')",
      'GET graph:/servicePrincipals/{id}',
    ],
    us: [READ_BY_APP_ID, "GET graph:/servicePrincipals(appId='{id}')", FEDERATED],
    why: 'we show the application and its credentials, too',
  },
  'list its credentials': {
    az: [FIND, READ, FIND, FEDERATED],
    us: [READ_BY_APP_ID, FEDERATED],
    why: 'az lists secrets and federated credentials by two commands',
  },
  'add a secret': {
    az: [FIND, READ, ADD_SECRET],
    us: [READ_BY_APP_ID, ADD_SECRET],
    why: 'az finds the application in two steps',
  },
  'remove that secret': {
    az: [FIND, READ, REMOVE_SECRET],
    us: [READ_BY_APP_ID, REMOVE_SECRET],
    why: 'as above',
  },
  'trust runs of GitHub Actions': {
    az: [FIND, TRUST],
    us: [READ_BY_APP_ID, FEDERATED, TRUST],
    why: 'we look first whether they are trusted already',
  },
  'delete it': {
    az: [
      "GET graph:/servicePrincipals where servicePrincipalNames/any(c:c eq '{id}')",
      'DELETE graph:/servicePrincipals/{id}',
      FIND,
      'DELETE graph:/applications/{id}',
    ],
    us: [
      READ_BY_APP_ID,
      "GET graph:/servicePrincipals(appId='{id}')",
      "GET {workspace}/roleAssignments where principalId eq '{id}'",
      'DELETE {workspace}/roleAssignments/{id}',
      'DELETE graph:/applications/{id}',
    ],
    why: 'we take its role assignments away, which az leaves behind, and the service principal goes with the application',
  },
};

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
