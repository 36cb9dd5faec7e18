import { isAmlAuthError, type AmlAuthError } from '@aml-auth/core';
import { demoSeed, startEmulator, type Emulator, type EmulatorSnapshot } from '@aml-auth/emulator';
import {
  azureMlApplications,
  createConditionalAccessPolicy,
  deleteConditionalAccessPolicy,
  demandsOf,
  describePolicy,
  getConditionalAccessPolicy,
  listConditionalAccess,
  parseConditionalAccessPolicy,
  policyReach,
  whyBlocked,
  type ConditionalAccessPolicy,
  type CreateConditionalAccessPolicyOptions,
  type GraphClient,
} from '@aml-auth/rbac';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { collect, credentialOf, graphOf } from '../support/emulated.js';

const STUDIO = 'd7304df8-741f-47d3-9bc2-df0e24e2071f';
const ARM = '797f4846-ba00-4fd7-ba43-dac1f8f63013';
const UNKNOWN = '11111111-2222-4333-8444-555555555555';
let emulator: Emulator;
let start: EmulatorSnapshot;
let graph: GraphClient;

beforeAll(async () => {
  const [tenant] = demoSeed.tenants;
  emulator = await startEmulator({
    pageSize: 2,
    seed: {
      ...demoSeed,
      tenants: [
        {
          ...tenant!,
          groups: [...tenant!.groups!, { name: 'break-glass', members: ['bob@contoso'] }],
          apps: [
            ...tenant!.apps!,
            {
              name: 'policy-admin',
              secrets: [{ value: 'policy-admin-secret' }],
              graphPermissions: [
                'Policy.Read.All',
                'Policy.ReadWrite.ConditionalAccess',
                'Directory.Read.All',
              ],
            },
          ],
          conditionalAccess: [
            {
              name: 'second factor',
              users: ['all'],
              apps: ['all'],
              grant: 'mfa',
              exclude: ['group:break-glass'],
            },
            { name: 'studio', users: ['alice@contoso'], apps: [STUDIO], grant: ['mfa', 'compliantDevice'] },
            { name: 'mail', users: ['all'], apps: ['00000002-0000-0ff1-ce00-000000000000'], grant: 'mfa' },
            { name: 'step up', users: ['all'], apps: ['context:c1'], grant: 'mfa', signInFrequency: '4h' },
            { name: 'no auditor', users: ['app:auditor'], apps: ['arm'], grant: 'block' },
          ],
        },
      ],
    },
  });
  start = emulator.snapshot();
  graph = graphOf(emulator, 'policy-admin');
});

beforeEach(() => {
  emulator.restore(start);
});

afterAll(() => emulator.close());

async function policyNamed(name: string): Promise<ConditionalAccessPolicy> {
  const all = await collect(listConditionalAccess(graph, { all: true }));
  return all.find(({ policy }) => policy.displayName === name)!.policy;
}

describe('listConditionalAccess', () => {
  it('lists what reaches Azure Machine Learning, or may, and how', async () => {
    const listed = await collect(listConditionalAccess(graph));
    const reaches = listed.map(({ policy, reach }) => [policy.displayName, reach.reaches]);
    expect(reaches).toEqual([
      ['second factor', 'yes'],
      ['studio', 'yes'],
      ['step up', 'unknown'],
      ['no auditor', 'yes'],
    ]);
    const appIds = listed.map(({ reach }) => reach.applications.map(({ appId }) => appId));
    expect(appIds).toEqual([azureMlApplications.map(({ appId }) => appId), [STUDIO], [], [ARM]]);
    expect(await collect(listConditionalAccess(graph, { all: true }))).toHaveLength(5);
  });

  it('names the permission that is missing', async () => {
    const refused = collect(listConditionalAccess(graphOf(emulator, 'platform-admin')));
    await expect(refused).rejects.toMatchObject({
      code: 'AML_FORBIDDEN',
      remedy: expect.stringContaining('Policy.Read.All') as string,
    });
  });
});

describe('getConditionalAccessPolicy', () => {
  it('reads one, which can be described', async () => {
    const { id } = await policyNamed('second factor');
    const policy = await getConditionalAccessPolicy(graph, { id: id.toUpperCase() });
    expect(policy).toMatchObject({
      id,
      state: 'enabled',
      users: { include: ['All'], exclude: [] },
      groups: { include: [], exclude: [emulator.group('break-glass').id] },
      controls: ['mfa'],
      operator: 'AND',
    });
    expect(describePolicy(policy)).toEqual([
      `second factor (${id}) is enforced.`,
      expect.stringMatching(/^Azure Machine Learning: yes. It is for all resources, among them /) as string,
      `For: users All; groups none, without ${emulator.group('break-glass').id}.`,
      'Wants: multi-factor authentication.',
    ]);
    expect(demandsOf(await policyNamed('step up'))).toBe(
      'multi-factor authentication, and a sign-in every 4 hours',
    );
    await expect(getConditionalAccessPolicy(graph, { id: UNKNOWN })).rejects.toMatchObject({
      code: 'AML_NOT_FOUND',
    });
    await expect(getConditionalAccessPolicy(graph, { id: 'x' })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
    });
  });
});

const raw = (conditions: object, more: object = {}): unknown => ({
  id: UNKNOWN,
  displayName: 'p',
  state: 'enabled',
  conditions: { users: { includeUsers: ['All'] }, ...conditions },
  grantControls: { operator: 'OR', builtInControls: ['mfa'] },
  ...more,
});

describe('policyReach', () => {
  it.each<[string, object, string]>([
    ['all', { includeApplications: ['All'] }, 'yes'],
    ['all without one', { includeApplications: ['all'], excludeApplications: [STUDIO] }, 'yes'],
    ['one, in any case', { includeApplications: [STUDIO.toUpperCase()] }, 'yes'],
    ['one that is left out', { includeApplications: [STUDIO], excludeApplications: [STUDIO] }, 'no'],
    ['all without all', { includeApplications: ['All'], excludeApplications: ['All'] }, 'no'],
    ['none', { includeApplications: ['None'] }, 'no'],
    ['others', { includeApplications: [UNKNOWN] }, 'no'],
    ['actions', { includeUserActions: ['urn:user:registerdevice'] }, 'no'],
    ['contexts', { includeAuthenticationContextClassReferences: ['c1'] }, 'unknown'],
    ['a filter', { applicationFilter: { mode: 'include', rule: 'x' } }, 'unknown'],
    ['all within a filter', { includeApplications: ['All'], applicationFilter: { rule: 'x' } }, 'unknown'],
  ])('of a policy for %s', (_what, applications, reaches) => {
    expect(policyReach(parseConditionalAccessPolicy(raw({ applications })))).toMatchObject({ reaches });
  });

  it('is never less for a policy that leaves out less', () => {
    const ids = fc.subarray(['All', ...azureMlApplications.map(({ appId }) => appId), UNKNOWN]);
    fc.assert(
      fc.property(ids, ids, fc.nat(5), (include, exclude, index) => {
        const reach = (excluded: readonly string[]) =>
          policyReach(
            parseConditionalAccessPolicy(
              raw({ applications: { includeApplications: include, excludeApplications: excluded } }),
            ),
          ).applications.map(({ appId }) => appId);
        const less = exclude.filter((_id, at) => at !== index);
        expect(reach(less)).toEqual(expect.arrayContaining(reach(exclude)));
      }),
    );
  });
});

describe('parseConditionalAccessPolicy', () => {
  it('reads strengths, terms of use and how often', () => {
    const policy = parseConditionalAccessPolicy(
      raw(
        {},
        {
          grantControls: {
            operator: 'OR',
            builtInControls: ['passwordChange'],
            authenticationStrength: { displayName: 'Phishing-resistant MFA' },
            termsOfUse: ['x'],
            customAuthenticationFactors: ['duo'],
          },
          sessionControls: { signInFrequency: { isEnabled: true, frequencyInterval: 'everyTime' } },
        },
      ),
    );
    expect(demandsOf(policy)).toBe(
      'a change of the password or the authentication strength Phishing-resistant MFA or acceptance of the terms of use or custom: duo, and a sign-in every time',
    );
    const off = { sessionControls: { signInFrequency: { isEnabled: false } }, grantControls: null };
    expect(demandsOf(parseConditionalAccessPolicy(raw({}, off)))).toMatch(/^nothing that stands/);
  });

  it.each([
    null,
    raw({}, { state: 'new' }),
    raw({ applications: { includeApplications: 'All' } }),
    raw({ users: { excludeUsers: [7] } }),
    raw({}, { grantControls: { builtInControls: {} } }),
  ])('refuses %j', (body) => {
    expect(() => parseConditionalAccessPolicy(body)).toThrow(
      expect.objectContaining({ code: 'AML_RESPONSE_INVALID' }),
    );
  });
});

describe('whyBlocked', () => {
  async function refusal(): Promise<AmlAuthError> {
    const scope = `${emulator.cloud.resourceManager.audience}/.default`;
    const error = await credentialOf(emulator, 'auditor')
      .getToken(scope)
      .catch((thrown: unknown) => thrown);
    if (!isAmlAuthError(error)) throw new Error('It was not refused.');
    return error;
  }

  it('names the policy behind a refusal', async () => {
    const error = await refusal();
    const { id } = await policyNamed('no auditor');
    const answer = await whyBlocked(graph, error);
    expect(answer.summary).toBe(
      `Conditional Access refused the sign-in (AADSTS53003): policy "no auditor" (${id}), which blocks it.`,
    );
    expect(answer.policies).toMatchObject([{ id, policy: { displayName: 'no auditor' } }]);
    expect(answer.remedy).toContain('No sign-in meets a policy that blocks');
    expect(answer.command).toBeUndefined();
  });

  it('asks for those policies alone', async () => {
    const error = await refusal();
    const before = emulator.requests.length;
    await whyBlocked(graphOf(emulator, 'policy-admin'), error);
    const asked = emulator.requests.slice(before).filter(({ path }) => path.startsWith('/graph'));
    expect(asked.map(({ path }) => path)).toEqual([
      expect.stringMatching(/policies\/[\da-f-]{36}$/) as string,
    ]);
  });

  it('has the ids where Microsoft Graph refuses, or is not there', async () => {
    const error = await refusal();
    const [id] = error.policyIds!;
    const refused = await whyBlocked(graphOf(emulator, 'platform-admin'), error);
    expect(refused.policies).toMatchObject([{ id, error: { code: 'AML_FORBIDDEN' } }]);
    const without = await whyBlocked(undefined, error);
    expect(without).toMatchObject({ policies: [{ id }], summary: expect.stringContaining(id!) as string });
    expect(without.remedy).toBe(error.remedy);
  });

  it('gives the command for a sign-in that can meet the policy', async () => {
    const { id } = await policyNamed('second factor');
    const claims = JSON.stringify({ access_token: { capolids: { essential: true, values: [id, 'x', 7] } } });
    const tenantId = emulator.tenant().id;
    const { command, policies, summary } = await whyBlocked(graph, { aadsts: 50076, claims }, { tenantId });
    expect(policies.map((one) => one.id)).toEqual([id]);
    expect(summary).toContain('which wants multi-factor authentication');
    const [, challenge = ''] = /--claims-challenge (\S+)$/.exec(command ?? '') ?? [];
    expect(command).toContain(`az login --tenant ${tenantId} `);
    expect(Buffer.from(challenge, 'base64').toString()).toBe(claims);
    const odd = whyBlocked(graph, { aadsts: 50076 }, { tenantId: '$(reboot)' });
    await expect(odd).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
  });

  it.each([{}, { claims: 'no JSON' }, { claims: 'null' }, { claims: '{"access_token":{"capolids":{}}}' }])(
    'says of %j that no policy is named',
    async (blocked) => {
      const answer = await whyBlocked(graph, blocked);
      expect(answer.policies).toEqual([]);
      expect(answer.summary).toContain('names no Conditional Access policy');
    },
  );
});

describe('createConditionalAccessPolicy', () => {
  const wanted = (more: Partial<CreateConditionalAccessPolicyOptions> = {}) =>
    createConditionalAccessPolicy(graph, {
      displayName: 'Azure ML: second factor',
      breakGlass: [emulator.group('break-glass').id],
      require: ['mfa'],
      ...more,
    });

  it('makes a policy that is reported only, for all but those who are left out', async () => {
    const { policy, created } = await wanted();
    expect(created).toBe(true);
    expect(policy).toMatchObject({
      state: 'reportOnly',
      users: { include: ['All'], exclude: [] },
      groups: { include: [], exclude: [emulator.group('break-glass').id] },
      controls: ['mfa'],
    });
    expect(policyReach(policy).applications.map(({ part }) => part)).toEqual([
      'studio',
      'studio',
      'service',
      'service',
    ]);
  });

  it('makes it once, and tells it from another of that name', async () => {
    const first = await wanted();
    expect(await wanted()).toEqual({ policy: first.policy, created: false });
    for (const more of [{ require: ['block'] }, { applications: [STUDIO] }, { operator: 'OR' }] as const) {
      await expect(wanted(more)).rejects.toMatchObject({ code: 'AML_CONFLICT' });
    }
  });

  it('is for the users, groups and applications that are named', async () => {
    const alice = emulator.user('alice@contoso').id;
    const { policy } = await wanted({
      users: [alice],
      groups: [emulator.group('data-science').id],
      applications: [ARM],
      breakGlass: [emulator.user('bob@contoso').id],
      require: ['mfa', 'compliantDevice'],
      operator: 'OR',
    });
    expect(policy).toMatchObject({
      users: { include: [alice], exclude: [emulator.user('bob@contoso').id] },
      groups: { include: [emulator.group('data-science').id], exclude: [] },
      applications: { include: [ARM] },
      operator: 'OR',
    });
  });

  it.each<[string, Partial<CreateConditionalAccessPolicyOptions>, string]>([
    ['nobody left out', { breakGlass: [] }, 'AML_CONFIG_INVALID'],
    ['somebody left out who is not there', { breakGlass: [UNKNOWN] }, 'AML_NOT_FOUND'],
    ['a name that is no id left out', { breakGlass: ['bob'] }, 'AML_CONFIG_INVALID'],
    ['nothing wanted', { require: [] }, 'AML_CONFIG_INVALID'],
    ['a block besides', { require: ['block', 'mfa'] }, 'AML_CONFIG_INVALID'],
    ['no name', { displayName: '' }, 'AML_CONFIG_INVALID'],
    ['no application', { applications: [] }, 'AML_CONFIG_INVALID'],
    ['a name in place of an application id', { applications: ['Azure ML'] }, 'AML_CONFIG_INVALID'],
  ])('refuses a policy with %s', async (_what, part, code) => {
    await expect(wanted(part)).rejects.toMatchObject({ code });
    expect(await collect(listConditionalAccess(graph, { all: true }))).toHaveLength(5);
  });

  it('refuses to leave out a service principal, which policies for people do not know', async () => {
    const breakGlass = [emulator.app('trainer').objectId];
    await expect(wanted({ breakGlass })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      message: expect.stringContaining('ServicePrincipal') as string,
    });
  });

  it('is deleted once, and one that is enforced is not', async () => {
    const { policy } = await wanted();
    expect(await deleteConditionalAccessPolicy(graph, policy)).toBe(true);
    expect(await deleteConditionalAccessPolicy(graph, policy)).toBe(false);
    const enforced = deleteConditionalAccessPolicy(graph, await policyNamed('studio'));
    await expect(enforced).rejects.toMatchObject({ code: 'AML_CONFLICT' });
  });
});
