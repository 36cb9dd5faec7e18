import type { EmulatorSeed } from '@aml-auth/emulator';
import { beforeAll, expect, test } from 'vitest';

import { GRAPH_ROUTES } from '../../src/graph/graph-routes.js';
import { tokenOf } from '../support/emulated.js';
import { GRAPH_SCOPE } from '../support/graph.js';
import { graphSeed } from '../support/graph-seed.js';
import { withEmulator } from '../support/with-emulator.js';

const [contoso, ...others] = graphSeed.tenants;
const PERMISSIONS = [
  ...['Application', 'AppRoleAssignment', 'Directory', 'Group', 'User'].map(
    (name) => `${name}.ReadWrite.All`,
  ),
  ...['Policy.ReadWrite.ConditionalAccess', 'Policy.Read.All', 'AuditLog.Read.All'],
];
const seed: EmulatorSeed = {
  ...graphSeed,
  tenants: [
    {
      ...contoso!,
      apps: [
        ...contoso!.apps!,
        { name: 'root', graphPermissions: PERMISSIONS, secrets: [{ value: 'root' }] },
      ],
    },
    ...others,
  ],
};
const emulated = withEmulator({ seed });

const TEXTLESS = { toString: 0, valueOf: 0 };
const ODD: readonly unknown[] = [null, '', [], {}, TEXTLESS, [TEXTLESS]];

type Json = Record<string, unknown>;

/** What requests take, by the end of their path. */
const BODIES: Readonly<Record<string, Json>> = {
  users: {
    displayName: 'x',
    mailNickname: 'x',
    userPrincipalName: 'x@contoso.onmicrosoft.com',
    accountEnabled: true,
    passwordProfile: { password: 'A-password-1', forceChangePasswordNextSignIn: false },
  },
  groups: {
    displayName: 'x',
    description: 'x',
    mailNickname: 'x',
    mailEnabled: false,
    securityEnabled: true,
    groupTypes: [],
  },
  applications: {
    displayName: 'x',
    signInAudience: 'AzureADMyOrg',
    isFallbackPublicClient: true,
    keyCredentials: [],
    api: { requestedAccessTokenVersion: 2 },
    appRoles: [{ id: 'OBJECT', value: 'x', allowedMemberTypes: ['User'] }],
    web: { redirectUris: ['https://localhost/x'] },
    tags: ['x'],
  },
  servicePrincipals: { appId: 'APP', tags: ['x'], appRoleAssignmentRequired: true },
  addPassword: { passwordCredential: { displayName: 'x', endDateTime: '2030-01-01T00:00:00Z' } },
  removePassword: { keyId: 'OBJECT' },
  federatedIdentityCredentials: {
    name: 'x',
    issuer: 'https://issuer.example',
    subject: 'x',
    audiences: ['api://AzureADTokenExchange'],
    description: 'x',
  },
  $ref: { '@odata.id': 'https://graph.microsoft.com/v1.0/directoryObjects/OBJECT' },
  appRoleAssignedTo: {
    principalId: 'OBJECT',
    resourceId: 'PRINCIPAL',
    appRoleId: '00000000-0000-0000-0000-000000000000',
  },
  getByIds: { ids: ['OBJECT'], types: ['user', 'group'] },
  policies: {
    displayName: 'x',
    state: 'enabled',
    conditions: { applications: { includeApplications: ['All'] }, users: { includeUsers: ['GROUP'] } },
    grantControls: { operator: 'OR', builtInControls: ['mfa'] },
    sessionControls: { signInFrequency: { type: 'hours', value: 1, isEnabled: true } },
  },
  namedLocations: {
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    displayName: 'x',
    isTrusted: true,
    ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '10.0.0.0/8' }],
  },
  authenticationContextClassReferences: { id: 'c1', displayName: 'x', description: 'x', isAvailable: true },
};

interface Place {
  readonly owner: Json;
  readonly key: string;
}

function placesIn(value: unknown): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const owner = value as Json;
  return Object.entries(owner).flatMap(([key, inner]) => [{ owner, key }, ...placesIn(inner)]);
}

/** A body, and all that come of it with one part replaced. */
function variantsOf(body: Json): readonly Json[] {
  const variants = placesIn(body).flatMap((_, index) =>
    ODD.map((value) => {
      const variant = structuredClone(body);
      const { owner, key } = placesIn(variant)[index]!;
      owner[key] = value;
      return variant;
    }),
  );
  return [body, ...variants];
}

const THERE: Readonly<Record<string, string>> = {
  users: 'USER',
  groups: 'GROUP',
  applications: 'APPLICATION',
  servicePrincipals: 'PRINCIPAL',
  identity: 'c1',
};
const WRITES = Object.keys(GRAPH_ROUTES).flatMap((route) => {
  const [method = '', pattern = ''] = route.split(' ');
  const [list = ''] = pattern.split('/');
  const body =
    BODIES[
      pattern
        .replace(/\/\{\}$/, '')
        .split('/')
        .at(-1) ?? ''
    ];
  const path = pattern.replace('{}', THERE[list] ?? 'OBJECT').replaceAll('{}', 'OBJECT');
  return /^(?:POST|PATCH)$/.test(method) && body !== undefined ? [{ method, path, list, body }] : [];
});

let ids: Readonly<Record<string, string>> = {};
let authorization = '';

function send(method: string, path: string, body?: string): Promise<Response> {
  return emulated().fetch(`${emulated().origin}/graph/v1.0/${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  });
}

async function first(list: string): Promise<string> {
  const response = await send('GET', list);
  const { value } = (await response.json()) as { readonly value: readonly [{ readonly id: string }] };
  return value[0].id;
}

beforeAll(async () => {
  authorization = `Bearer ${await tokenOf(emulated(), 'root', GRAPH_SCOPE)}`;
  ids = {
    USER: await first('users'),
    GROUP: await first('groups'),
    APPLICATION: await first('applications'),
    PRINCIPAL: await first('servicePrincipals'),
    OBJECT: await first('users'),
    APP: emulated().app('trainer').clientId,
  };
});

test.each(WRITES)(
  'no part of $method $path makes the emulator fail',
  async ({ method, path, list, body }) => {
    const fill = (text: string): string => text.replaceAll(/\b[A-Z]{3,}\b/g, (name) => ids[name] ?? name);
    const lists = list === 'identity' ? path.replace(/\/c1$/, '') : list;
    for (const variant of variantsOf(body)) {
      const sent = fill(JSON.stringify(variant));
      const response = await send(method, fill(path), sent);
      expect(response.status, sent).toBeLessThan(500);
    }
    // What was kept can be read.
    expect((await send('GET', lists)).status).toBeLessThan(500);
  },
);
