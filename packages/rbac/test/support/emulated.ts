import { systemClock, type Clock, type Credential } from '@aml-auth/core';
import { fromClientSecret } from '@aml-auth/credentials';
import {
  demoSeed,
  startEmulator,
  type Emulator,
  type EmulatorSeed,
  type SeedRoleAssignment,
} from '@aml-auth/emulator';
import { createGraphClient, type GraphClient, type GraphClientOptions } from '@aml-auth/rbac';
import { createArmClient, type ArmClient, type ArmClientOptions } from '@aml-auth/rest';

export const roles = {
  owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  scientist: 'f6c7c914-8db3-469d-8ca1-694a8f32e121',
};

/** The demo cloud, with more role assignments, in small pages so that lists are read over several. */
export function startDemo(
  more: readonly SeedRoleAssignment[] = [],
  seed: Partial<EmulatorSeed> = {},
): Promise<Emulator> {
  const { tenants, roleAssignments = [], ...rest } = demoSeed;
  const [tenant] = tenants;
  return startEmulator({
    pageSize: 3,
    seed: {
      ...rest,
      ...seed,
      tenants: [
        {
          ...tenant!,
          apps: tenant!.apps!.map((app) =>
            app.name === 'platform-admin'
              ? { ...app, graphPermissions: [...app.graphPermissions!, 'Group.ReadWrite.All'] }
              : app,
          ),
          groups: [
            { name: 'data-science', members: ['alice@contoso'] },
            { name: 'everyone', members: ['group:data-science', 'bob@contoso'] },
          ],
        },
      ],
      roleDefinitions: [
        {
          name: "Job reader's role",
          assignableScopes: ['/dev/rg-ml'],
          actions: ['Microsoft.MachineLearningServices/workspaces/jobs/read'],
        },
      ],
      roleAssignments: [
        ...roleAssignments,
        ...more,
        { principal: 'group:everyone', role: 'Reader', scope: '/dev/rg-ml/ws1' },
      ],
    },
  });
}

/** Signs in as an application of the emulator. */
export function credentialOf({ app, cloud, fetch }: Emulator, appName: string): Credential {
  const { tenantId, clientId, secret = '' } = app(appName);
  return fromClientSecret({ tenantId, clientId, clientSecret: secret, cloud, fetch });
}

/** A client that is signed in as an application of the emulator. */
export function clientOf(
  emulator: Emulator,
  appName: string,
  send: typeof fetch = emulator.fetch,
  more: Partial<ArmClientOptions> = {},
): ArmClient {
  const { cloud } = emulator;
  return createArmClient({ credential: credentialOf(emulator, appName), cloud, fetch: send, ...more });
}

/** A client of Microsoft Graph that is signed in as an application of the emulator. */
export function graphOf(
  emulator: Emulator,
  appName: string,
  send: typeof fetch = emulator.fetch,
  more: Partial<GraphClientOptions> = {},
): GraphClient {
  const { cloud } = emulator;
  return createGraphClient({ credential: credentialOf(emulator, appName), cloud, fetch: send, ...more });
}

/**
 * Does not wait, and writes down how long it would have (milliseconds). Time limits of requests never end.
 *
 * @param onWait - told of each wait, so that others' time can pass as well
 */
export function hastyClock(
  onWait: (ms: number) => void = () => undefined,
): Clock & { readonly waits: readonly number[] } {
  const waits: number[] = [];
  let late = 0;
  return {
    now: () => systemClock.now() + late,
    monotonic: () => systemClock.monotonic() + late,
    schedule(ms, run) {
      if (ms < 60_000) {
        waits.push(ms);
        onWait(ms);
        late += ms;
        setImmediate(run);
      }
      return () => undefined;
    },
    waits,
  };
}

export async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
