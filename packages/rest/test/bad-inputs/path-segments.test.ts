import type { ArmClient } from '@aml-auth/rest';
import { describe, expect, it } from 'vitest';
import { clientOf, collect, loopbackArm } from '../loopback-arm.js';

const group = { subscriptionId: '00000000-0000-0000-0000-000000000003', resourceGroup: 'rg' };
const ws = (arm: ArmClient) => arm.workspace({ ...group, workspaceName: 'ws1' });

/** A call for each place of a path in which a name can stand. */
const PLACES: Readonly<Record<string, (arm: ArmClient, name: string) => unknown>> = {
  'a subscription': (arm, name) => collect(arm.subscription(name).registries()),
  'a resource group': (arm, name) =>
    arm.resourceGroup({ ...group, resourceGroup: name }).workspaces.get('ws1'),
  'a workspace': (arm, name) => arm.resourceGroup(group).workspaces.get(name),
  'the workspace of a client': (arm, name) => arm.workspace({ ...group, workspaceName: name }),
  'a registry': (arm, name) => arm.registry({ ...group, registryName: name }),
  'a region': (arm, name) =>
    collect(arm.location({ subscriptionId: group.subscriptionId, location: name }).quotas()),
  'a compute': (arm, name) => ws(arm).computes.put(name, {}),
  'a job to cancel': (arm, name) => ws(arm).jobs.actions.cancel(name),
  'a model': (arm, name) => collect(ws(arm).models.versions(name).list()),
  'a version': (arm, name) => ws(arm).models.versions('m').delete(name),
  'an endpoint': (arm, name) => ws(arm).onlineEndpoints.deployments(name).get('blue'),
  'a deployment': (arm, name) => ws(arm).onlineEndpoints.deployments('e').actions.getLogs(name),
  'a connection': (arm, name) => ws(arm).connections.actions.listSecrets(name),
};

describe.each(['a/../../b', '%2e%2e', '..', 'x?api-version=2000-01-01', 'x#y', 'a\\b', '', 'a\nb'])(
  '%j',
  (name) => {
    it.each(Object.entries(PLACES))(
      'is refused as the name of %s, and nothing is sent',
      async (_place, call) => {
        const arm = await loopbackArm(() => ({ body: { value: [] } }));
        const { client, credential } = clientOf(arm);
        const outcome = Promise.resolve().then(() => call(client, name));
        await expect(outcome).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
        expect([arm.seen.length, credential.asked.length]).toEqual([0, 0]);
      },
    );
  },
);
