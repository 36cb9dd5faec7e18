import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readAccessPolicy, type AccessPolicy } from '../../src/conditional-access/access-policy.js';
import { describeEvaluation } from '../../src/conditional-access/describe-evaluation.js';
import { evaluateAccess, type AccessRequest } from '../../src/conditional-access/evaluate-access.js';

const ARM = '797f4846-ba00-4fd7-ba43-dac1f8f63013';
const GRAPH = '00000003-0000-0000-c000-000000000000';

type Json = Record<string, unknown>;

function policy(change: Json = {}, conditions: Json = {}, id = 'p1'): AccessPolicy {
  return readAccessPolicy({
    id,
    tenantId: 't',
    createdAt: 0,
    modifiedAt: null,
    policy: {
      displayName: `Policy ${id}`,
      state: 'enabled',
      conditions: {
        users: { includeUsers: ['All'] },
        applications: { includeApplications: ['All'] },
        clientAppTypes: ['all'],
        ...conditions,
      },
      grantControls: { operator: 'OR', builtInControls: ['mfa'] },
      ...change,
    },
  });
}

const controls = (operator: string, ...builtInControls: string[]): Json => ({
  grantControls: { operator, builtInControls },
});

const alice: AccessRequest = {
  subject: { kind: 'user', id: 'alice', groups: new Set(['staff']), roles: new Set(['reader-role']) },
  resource: [ARM],
  clientAppType: 'mobileAppsAndDesktopClients',
  contexts: new Set(),
  locations: new Set(),
  flow: null,
  signInAge: 0,
  fulfilled: new Set(),
};
const trainer: AccessRequest = { ...alice, subject: { kind: 'application', id: 'trainer' } };

const verdict = (of: AccessPolicy, request: AccessRequest = alice): string =>
  evaluateAccess([of], request).verdict;

describe('a policy is for', () => {
  test.each<[string, Json, boolean]>([
    ['all users', { includeUsers: ['All'] }, true],
    ['nobody', { includeUsers: ['None'] }, false],
    ['a user by id in any case', { includeUsers: ['ALICE'] }, true],
    ['another user', { includeUsers: ['bob'] }, false],
    ['guests', { includeUsers: ['GuestsOrExternalUsers'] }, false],
    ['a group', { includeGroups: ['staff'] }, true],
    ['another group', { includeGroups: ['guests'] }, false],
    ['a role', { includeRoles: ['reader-role'] }, true],
    ['all but the user', { includeUsers: ['All'], excludeUsers: ['alice'] }, false],
    ['all but a group', { includeUsers: ['alice'], excludeGroups: ['staff'] }, false],
    ['all but a role', { includeGroups: ['staff'], excludeRoles: ['reader-role'] }, false],
  ])('%s', (_, users, applies) => {
    expect(verdict(policy({}, { users }))).toBe(applies ? 'unsatisfied' : 'granted');
  });

  test.each<[string, Json, boolean]>([
    ['all resources', { includeApplications: ['All'] }, true],
    ['Azure Resource Manager', { includeApplications: [ARM.toUpperCase()] }, true],
    ['another resource', { includeApplications: [GRAPH] }, false],
    ['no resource', { includeApplications: ['None'] }, false],
    ['all but Azure Resource Manager', { includeApplications: ['All'], excludeApplications: [ARM] }, false],
    ['an action of the user', { includeUserActions: ['urn:user:registerdevice'] }, false],
  ])('%s', (_, applications, applies) => {
    expect(verdict(policy({}, { applications }))).toBe(applies ? 'unsatisfied' : 'granted');
  });

  test.each<[string, Json, boolean]>([
    ['browsers only', { clientAppTypes: ['browser'] }, false],
    ['programs', { clientAppTypes: ['browser', 'mobileAppsAndDesktopClients'] }, true],
    [
      'every place but trusted ones',
      { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } },
      true,
    ],
    ['trusted places', { locations: { includeLocations: ['AllTrusted'] } }, false],
    ['a platform', { platforms: { includePlatforms: ['android'] } }, false],
    ['risky sign-ins', { signInRiskLevels: ['high'] }, false],
    ['sign-ins without risk', { signInRiskLevels: ['none', 'high'] }, true],
    ['certain devices', { devices: { deviceFilter: { mode: 'include', rule: 'x' } } }, false],
    ['all but certain devices', { devices: { deviceFilter: { mode: 'exclude', rule: 'x' } } }, true],
    ['device code sign-ins', { authenticationFlows: { transferMethods: 'deviceCodeFlow' } }, false],
  ])('%s', (_, conditions, applies) => {
    expect(verdict(policy({}, conditions))).toBe(applies ? 'unsatisfied' : 'granted');
  });

  test('applications that act for themselves where it says so, and then it can block only', () => {
    const workloads = {
      clientApplications: { includeServicePrincipals: ['ServicePrincipalsInMyTenant'] },
      users: {},
    };
    expect(verdict(policy(controls('OR', 'block')), trainer)).toBe('granted');
    expect(verdict(policy(controls('OR', 'block'), workloads), trainer)).toBe('blocked');
    expect(verdict(policy(controls('OR', 'mfa'), workloads), trainer)).toBe('granted');
    expect(verdict(policy(controls('OR', 'block'), workloads))).toBe('granted');
    const others = {
      clientApplications: { ...workloads.clientApplications, excludeServicePrincipals: ['trainer'] },
    };
    expect(verdict(policy(controls('OR', 'block'), others), trainer)).toBe('granted');
  });
});

describe('controls', () => {
  const withMfa = { ...alice, fulfilled: new Set(['mfa']) };

  test.each<[string, Json, AccessRequest, readonly string[]]>([
    ['one of several, none fulfilled', controls('OR', 'compliantDevice', 'mfa'), alice, ['mfa']],
    ['one of several, one fulfilled', controls('OR', 'compliantDevice', 'mfa'), withMfa, []],
    ['all of several', controls('AND', 'compliantDevice', 'mfa'), alice, ['compliantDevice', 'mfa']],
    [
      'all of several, one fulfilled',
      controls('AND', 'compliantDevice', 'mfa'),
      withMfa,
      ['compliantDevice'],
    ],
    ['one that nothing fulfils', controls('OR', 'approvedApplication'), withMfa, ['approvedApplication']],
    [
      'a strength',
      { grantControls: { operator: 'AND', authenticationStrength: { id: 's' } } },
      alice,
      ['mfa'],
    ],
    ['for the session only', { grantControls: null, sessionControls: {} }, alice, []],
  ])('%s', (_, change, request, missing) => {
    expect(evaluateAccess([policy(change)], request).missing).toEqual(missing);
  });

  test('block wins over everything that is satisfied', () => {
    const block = policy(controls('AND', 'mfa', 'block'), {}, 'p2');
    expect(evaluateAccess([policy(), block], withMfa)).toMatchObject({ verdict: 'blocked' });
  });

  test('a policy that only reports is named, and decides nothing', () => {
    const report = policy({ ...controls('OR', 'block'), state: 'enabledForReportingButNotEnforced' });
    const evaluation = evaluateAccess([report], alice);
    expect(evaluation.verdict).toBe('granted');
    expect(describeEvaluation(evaluation)).toBe(
      'conditional-access=granted; report-only p1 "Policy p1": blocked',
    );
  });
});

describe('for any policies', () => {
  const ids = fc.subarray(['All', 'alice', 'bob']);
  const groups = fc.subarray(['staff', 'guests']);
  const anyPolicy = fc
    .record({
      state: fc.constantFrom('enabled', 'disabled', 'enabledForReportingButNotEnforced'),
      users: fc.record({
        includeUsers: ids,
        excludeUsers: ids,
        includeGroups: groups,
        excludeGroups: groups,
      }),
      include: fc.subarray(['All', ARM, GRAPH]),
      exclude: fc.subarray([ARM, GRAPH]),
      operator: fc.constantFrom('AND', 'OR'),
      builtInControls: fc.subarray(['block', 'mfa', 'compliantDevice'], { minLength: 1 }),
    })
    .map(({ state, users, include, exclude, operator, builtInControls }) =>
      policy(
        { state, ...controls(operator, ...builtInControls) },
        { users, applications: { includeApplications: include, excludeApplications: exclude } },
      ),
    );
  const many = fc.array(anyPolicy, { maxLength: 5 });
  const rank = { granted: 0, unsatisfied: 1, blocked: 2 };

  test('one more policy never makes access easier, and one more control never harder', () => {
    fc.assert(
      fc.property(many, anyPolicy, (policies, another) => {
        const before = evaluateAccess(policies, alice);
        expect(rank[evaluateAccess([...policies, another], alice).verdict]).toBeGreaterThanOrEqual(
          rank[before.verdict],
        );
        const more = evaluateAccess(policies, { ...alice, fulfilled: new Set(['mfa', 'compliantDevice']) });
        expect(rank[more.verdict]).toBeLessThanOrEqual(rank[before.verdict]);
        expect(more.verdict).not.toBe('unsatisfied');
      }),
    );
  });

  test('the order does not matter, and who is excluded is left alone', () => {
    fc.assert(
      fc.property(many, (policies) => {
        const here = evaluateAccess(policies, alice);
        expect(evaluateAccess(policies.toReversed(), alice).verdict).toBe(here.verdict);
        const excluded = policies.map((entry) => ({
          ...entry,
          users: { ...entry.users, exclude: new Set(['alice']) },
        }));
        expect(evaluateAccess(excluded, alice)).toEqual({ verdict: 'granted', missing: [], outcomes: [] });
      }),
    );
  });

  test('what Microsoft Graph might hold is read without a failure, and the description fits a header', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.jsonValue(),
        fc.string(),
        (change, users, name) => {
          const entry = policy({ ...change, displayName: name }, { users });
          const text = describeEvaluation(evaluateAccess([entry], alice));
          expect(() => new Headers({ 'x-emu-decision': text })).not.toThrow();
        },
      ),
    );
  });
});

describe('a limit to the age of a sign-in', () => {
  const limit = (signInFrequency: Json): AccessPolicy =>
    policy({ grantControls: null, sessionControls: { signInFrequency } });

  test.each<[string, Json, number | null]>([
    ['hours', { isEnabled: true, frequencyInterval: 'timeBased', type: 'hours', value: 4 }, 4 * 3_600_000],
    ['days', { type: 'days', value: 2 }, 2 * 86_400_000],
    ['every time', { isEnabled: true, frequencyInterval: 'everyTime' }, 300_000],
    ['none while it is switched off', { isEnabled: false, type: 'hours', value: 1 }, null],
  ])('is read as %s', (_, frequency, expected) => {
    expect(limit(frequency).signInFrequency).toBe(expected);
  });

  test('property: is satisfied up to it and by no older sign-in; applications have none', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 999 }), (signInAge, value) => {
        const of = limit({ type: 'hours', value });
        const expected = signInAge <= value * 3_600_000 ? 'granted' : 'unsatisfied';
        expect(verdict(of, { ...alice, signInAge })).toBe(expected);
      }),
    );
  });
});

describe('a policy for an authentication context', () => {
  const protecting = policy({}, { applications: { includeAuthenticationContextClassReferences: ['c1'] } });

  test.each<[string, string[], string]>([
    ['that context', ['c1'], 'unsatisfied'],
    ['that one among others', ['c2', 'c1'], 'unsatisfied'],
    ['another one', ['c2'], 'granted'],
    ['none', [], 'granted'],
  ])('on a request for %s', (_, contexts, expected) => {
    expect(verdict(protecting, { ...alice, contexts: new Set(contexts) })).toBe(expected);
  });
});
