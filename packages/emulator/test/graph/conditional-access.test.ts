import { describe, expect, test } from 'vitest';

import { callGraph } from '../support/graph.js';
import { graphSeed } from '../support/graph-seed.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ seed: graphSeed });
const PATH = '/identity/conditionalAccess/policies';
const POLICY = {
  displayName: 'MFA for Azure management',
  state: 'enabledForReportingButNotEnforced',
  conditions: {
    clientAppTypes: ['all'],
    applications: { includeApplications: ['797f4846-ba00-4fd7-ba43-dac1f8f63013'] },
    users: { includeUsers: ['All'], excludeUsers: ['11111111-2222-4333-8444-555555555555'] },
  },
  grantControls: { operator: 'OR', builtInControls: ['mfa'] },
};

const call = (method: string, path: string, body?: unknown): ReturnType<typeof callGraph> =>
  callGraph(emulated(), 'policy-admin', path, { method, body });

test('a policy is kept as it was given', async () => {
  const made = await call('POST', PATH, POLICY);
  expect(made).toMatchObject({ status: 201, body: { ...POLICY, modifiedDateTime: null } });
  const path = `${PATH}/${made.body.id}`;
  expect((await call('GET', PATH)).body.value).toMatchObject([{ id: made.body.id, ...POLICY }]);
  expect(await call('PATCH', path, { state: 'enabled' })).toMatchObject({ status: 204 });
  const changed = await call('GET', path);
  expect(changed.body).toMatchObject({ ...POLICY, state: 'enabled' });
  expect(changed.body).not.toMatchObject({ modifiedDateTime: null });
  expect(await call('PATCH', path, changed.body)).toMatchObject({ status: 204 });
  expect(await call('DELETE', path)).toMatchObject({ status: 204 });
  expect(await call('GET', path)).toMatchObject({ status: 404, code: 'Request_ResourceNotFound' });
});

test('a policy for workload identities needs no users', async () => {
  const { users: _, ...conditions } = POLICY.conditions;
  const clientApplications = { includeServicePrincipals: ['ServicePrincipalsInMyTenant'] };
  const body = { ...POLICY, conditions: { ...conditions, clientApplications } };
  expect(await call('POST', PATH, body)).toMatchObject({ status: 201 });
});

describe('is refused', () => {
  test.each([
    ['without a name', { displayName: undefined }],
    ['in an unknown state', { state: 'on' }],
    ['without conditions', { conditions: undefined }],
    ['without applications', { conditions: { users: {} } }],
    ['without users', { conditions: { applications: {} } }],
    ['for an unknown kind of client', { conditions: { ...POLICY.conditions, clientAppTypes: ['fax'] } }],
    ['without controls', { grantControls: undefined }],
    ['with controls that are not joined', { grantControls: { builtInControls: ['mfa'] } }],
    ['with no control', { grantControls: { operator: 'OR', builtInControls: [] } }],
    ['with an unknown control', { grantControls: { operator: 'OR', builtInControls: ['luck'] } }],
    ['with a property that does not exist', { nonsense: true }],
  ])('a policy %s', async (_, change) => {
    const answer = await call('POST', PATH, { ...POLICY, ...change });
    expect(answer).toMatchObject({ status: 400, code: 'Request_BadRequest' });
    expect((await call('GET', PATH)).body.value).toEqual([]);
  });

  test('who may write but not read', async () => {
    const answer = await callGraph(emulated(), 'policy-writer', PATH, { method: 'POST', body: POLICY });
    expect(answer).toMatchObject({ status: 403, code: 'Authorization_RequestDenied' });
    expect(answer.headers.get('x-emu-decision')).toBe(
      'deny; operation=policy.write; needs one of: Policy.ReadWrite.ConditionalAccess; and one of: Policy.Read.All, Application.Read.All',
    );
  });
});
