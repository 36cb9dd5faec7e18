import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { callArm, postToken } from '../support/emulated.js';
import { callGraph, type GraphAnswer } from '../support/graph.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator();
const NAME = "azure-cli's-app";
const END = '2030-01-01T00:00:00Z';

const call = (method: string, path: string, body?: unknown): Promise<GraphAnswer> =>
  callGraph(emulated(), 'platform-admin', path, { method, body });
const list = async (path: string, filter: string): Promise<GraphAnswer['body']['value']> =>
  (await call('GET', `${path}?$filter=${encodeURIComponent(filter)}`)).body.value;

/** The requests of `az ad sp create-for-rbac`, in their order. */
async function createForRbac(scope: string): Promise<{ appId: string; secret: string; statuses: number[] }> {
  const statuses: number[] = [];
  const step = async (method: string, path: string, body: unknown): Promise<GraphAnswer['body']> => {
    const answer = await call(method, path, body);
    statuses.push(answer.status);
    return answer.body;
  };
  const quoted = NAME.replaceAll("'", "''");
  const [principal] = await list('/servicePrincipals', `displayName eq '${quoted}'`);
  const [existing] = await list('/applications', `startswith(displayName,'${quoted}')`);
  const body = { displayName: NAME, keyCredentials: [] };
  if (existing !== undefined) {
    await step('PATCH', `/applications/${existing.id}`, body);
    for (const { keyId } of existing.passwordCredentials) {
      await step('POST', `/applications/${existing.id}/removePassword`, { keyId });
    }
  }
  const application = existing ?? (await step('POST', '/applications', body));
  const added = await step('POST', `/applications/${application.id}/addPassword`, {
    passwordCredential: { displayName: 'rbac', endDateTime: END },
  });
  const { id } =
    principal ??
    (await step('POST', '/servicePrincipals', { appId: application.appId, accountEnabled: true }));
  const authorization = `${scope}/providers/Microsoft.Authorization`;
  const roles = await callArm(
    emulated(),
    'platform-admin',
    `${authorization}/roleDefinitions?$filter=${encodeURIComponent("roleName eq 'Reader'")}`,
  );
  const assignment = await callArm(
    emulated(),
    'platform-admin',
    `${authorization}/roleAssignments/${randomUUID()}`,
    {
      method: 'PUT',
      body: {
        properties: {
          roleDefinitionId: roles.body.value[0]!.id,
          principalId: id,
          principalType: 'ServicePrincipal',
        },
      },
    },
  );
  statuses.push(assignment.status);
  return { appId: application.appId, secret: added.secretText, statuses };
}

async function readAs(appId: string, secret: string, path: string): Promise<number> {
  const signIn = await postToken(emulated(), {
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: secret,
    scope: 'https://management.azure.com/.default',
  });
  if (signIn.status !== 200) return signIn.status;
  const { access_token: token } = (await signIn.json()) as { access_token: string };
  const url = `${emulated().origin}${path}?api-version=2022-12-01`;
  const response = await emulated().fetch(url, { headers: { authorization: `Bearer ${token}` } });
  return response.status;
}

test('the requests of az ad sp create-for-rbac make an application that reads its scope', async () => {
  const scope = `/subscriptions/${emulated().subscription('dev').id}/resourceGroups/rg-ml2`;
  const first = await createForRbac(scope);
  expect(first.statuses).toEqual([201, 200, 201, 201]);
  expect(await readAs(first.appId, first.secret, scope)).toBe(200);

  const second = await createForRbac(scope);
  expect(second.statuses).toEqual([204, 204, 200, 409]);
  expect(second.appId).toBe(first.appId);
  expect(await readAs(second.appId, second.secret, scope)).toBe(200);
  expect(await readAs(first.appId, first.secret, scope)).toBe(401);
});
