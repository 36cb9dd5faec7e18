import { demoSeed, type Emulator, type EmulatorSeed, type SeedRoleAssignment } from '@aml-auth/emulator';
import { decodeJwt, type JWTPayload } from 'jose';

/** The audience of most tests. */
export const ARM = 'https://management.azure.com';

/** A cloud with a host of every kind. */
export const hostsSeed: EmulatorSeed = {
  ...demoSeed,
  subscriptions: [
    {
      name: 'dev',
      tenant: 'contoso',
      resourceGroups: [
        {
          name: 'rg-ml',
          location: 'northeurope',
          identities: [{ name: 'id-cluster' }, { name: 'id-other' }],
          workspaces: [
            {
              name: 'ws1',
              computes: [
                { name: 'cpu', identity: 'id-cluster' },
                { name: 'gpu', identity: 'system' },
                { name: 'bare', identity: 'none' },
                { name: 'alices', kind: 'ComputeInstance', identity: 'system', user: 'alice@contoso' },
                { name: 'no-msi', kind: 'ComputeInstance', identity: 'none', user: 'alice@contoso' },
                { name: 'no-sso', kind: 'ComputeInstance', identity: 'id-cluster', sso: false },
                { name: 'nobodys', kind: 'ComputeInstance', identity: 'system' },
              ],
            },
          ],
        },
        { name: 'rg-ml2', location: 'westeurope' },
      ],
    },
  ],
  roleAssignments: [
    ...demoSeed.roleAssignments!,
    reader('host:web'),
    reader('compute:ws1/gpu'),
    reader('identity:id-cluster'),
  ],
  hosts: [
    { kind: 'vm', as: 'system' },
    { kind: 'vm', as: 'id-cluster', name: 'one-identity' },
    { kind: 'vm', as: ['id-cluster', 'id-other'], name: 'two-identities' },
    { kind: 'app-service', as: ['system', 'id-cluster'], name: 'web', scope: '/dev/rg-ml' },
    { kind: 'app-service', as: 'id-cluster', name: 'user-assigned-web' },
    { kind: 'aml-compute', as: 'ws1/cpu', onBehalfOf: 'bob@contoso' },
    { kind: 'aml-online-endpoint', as: 'system', name: 'scoring' },
    { kind: 'aml-online-endpoint', as: 'id-cluster', name: 'scoring-as-other' },
    { kind: 'cloud-shell', as: 'alice@contoso' },
    { kind: 'arc', as: 'system' },
    { kind: 'arc', as: ['system', 'id-cluster'], name: 'new-arc' },
    { kind: 'service-fabric', as: 'id-cluster' },
  ],
};

/** The right to read the resource group with the workspace. */
function reader(principal: string): SeedRoleAssignment {
  return { principal, role: 'Reader', scope: '/dev/rg-ml' };
}

/** A token of a host, or why there is none. */
export interface HostAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined where the answer is not JSON. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Of the access token. */
  readonly claims: JWTPayload;
}

/** Asks an endpoint of a host as a program there does. */
export async function ask(
  emulator: Emulator,
  url: string | undefined,
  query: Readonly<Record<string, string>>,
  init: RequestInit = {},
): Promise<HostAnswer> {
  const target = new URL(url ?? '');
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value);
  const response = await emulator.fetch(target, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const body = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>;
  const token = body['access_token'];
  return {
    status: response.status,
    headers: response.headers,
    text,
    body,
    claims: typeof token === 'string' ? decodeJwt(token) : {},
  };
}

/** What Azure Resource Manager answers to the bearer of a token who asks for a resource. */
export async function readAs(emulator: Emulator, token: unknown, id: string): Promise<number> {
  const version = id.includes('Microsoft.MachineLearning') ? '2024-10-01' : '2022-12-01';
  const response = await emulator.fetch(`${emulator.origin}${id}?api-version=${version}`, {
    headers: { authorization: `Bearer ${String(token)}` },
  });
  return response.status;
}
