import { isObject } from '../core/json.js';
import type { ConditionalAccessPolicy } from '../core/policy-rows.js';

/** Ids or names that a condition includes and excludes, in lower case. */
export interface Selection {
  readonly include: ReadonlySet<string>;
  readonly exclude: ReadonlySet<string>;
}

/** A Conditional Access policy in the form in which it is decided by. */
export interface AccessPolicy {
  readonly id: string;
  readonly name: string;
  readonly state: 'enabled' | 'disabled' | 'reportOnly';
  /** Users by object id, and words such as `all`. */
  readonly users: Selection;
  readonly groups: Selection;
  readonly roles: Selection;
  /** Workload identities: object ids of service principals, and `serviceprincipalsinmytenant`. */
  readonly workloads: Selection;
  readonly applications: Selection;
  /** Authentication contexts, such as `c1`. A policy with one is for requests that ask for it, whatever the resource. */
  readonly contexts: ReadonlySet<string>;
  readonly clientAppTypes: ReadonlySet<string>;
  /** Ids of named locations, and words such as `all` and `alltrusted`; null for every place. */
  readonly locations: Selection | null;
  /** Ways of signing in that it is limited to, such as `devicecodeflow`; null for all. */
  readonly flows: ReadonlySet<string> | null;
  /** Whether conditions hold that the emulator meets in one way only: no platform, device or risk is known. */
  readonly appliesToUnknownCircumstances: boolean;
  readonly operator: 'AND' | 'OR';
  /** `block`, `mfa`, `compliantDevice` and so on. */
  readonly controls: readonly string[];
  /** Milliseconds after which a sign-in no longer counts; null for no limit. */
  readonly signInFrequency: number | null;
}

const STATES: Readonly<Record<string, AccessPolicy['state']>> = {
  enabled: 'enabled',
  enabledForReportingButNotEnforced: 'reportOnly',
};

type Json = Readonly<Record<string, unknown>>;

/** Reads the Microsoft Graph resource `conditionalAccessPolicy`. What is missing selects nothing. */
export function readAccessPolicy({ id, policy }: ConditionalAccessPolicy): AccessPolicy {
  const conditions = objectAt(policy, 'conditions');
  const users = objectAt(conditions, 'users');
  const applications = objectAt(conditions, 'applications');
  const workloads = objectAt(conditions, 'clientApplications');
  const grant = objectAt(policy, 'grantControls');
  const types = namesAt(conditions, 'clientAppTypes');
  return {
    id,
    name: String(policy['displayName']),
    state: STATES[String(policy['state'])] ?? 'disabled',
    users: selection(users, 'Users'),
    groups: selection(users, 'Groups'),
    roles: selection(users, 'Roles'),
    workloads: selection(workloads, 'ServicePrincipals'),
    applications: selection(applications, 'Applications'),
    contexts: namesAt(applications, 'includeAuthenticationContextClassReferences'),
    clientAppTypes: types.size === 0 ? new Set(['all']) : types,
    locations: locationsOf(objectAt(conditions, 'locations')),
    flows: flowsOf(objectAt(conditions, 'authenticationFlows')['transferMethods']),
    appliesToUnknownCircumstances: fitsUnknownCircumstances(conditions),
    operator: grant['operator'] === 'AND' ? 'AND' : 'OR',
    controls: unique([
      ...textsAt(grant, 'builtInControls'),
      // Every strength asks for more than a password; the second step of the sign-in pages satisfies it.
      ...(isObject(grant['authenticationStrength']) ? ['mfa'] : []),
      ...textsAt(grant, 'termsOfUse').map(() => 'termsOfUse'),
      ...textsAt(grant, 'customAuthenticationFactors').map(() => 'customAuthenticationFactor'),
    ]),
    signInFrequency: signInFrequency(objectAt(objectAt(policy, 'sessionControls'), 'signInFrequency')),
  };
}

const UNITS: Readonly<Record<string, number>> = { hours: 3_600_000, days: 86_400_000 };
/** "Every time" leaves five minutes, as the real service does. */
const EVERY_TIME_MS = 300_000;

function signInFrequency({ isEnabled, frequencyInterval, type, value }: Json): number | null {
  if (isEnabled === false) return null;
  if (frequencyInterval === 'everyTime') return EVERY_TIME_MS;
  const unit = UNITS[String(type)];
  return unit === undefined || typeof value !== 'number' ? null : value * unit;
}

const RISKS = [
  'signInRiskLevels',
  'userRiskLevels',
  'servicePrincipalRiskLevels',
  'agentIdRiskLevels',
] as const;

/** Without an included one, a condition of places says nothing. */
function locationsOf(locations: Json): Selection | null {
  const places = selection(locations, 'Locations');
  return places.include.size === 0 ? null : places;
}

/** One text, with commas between the names. */
function flowsOf(methods: unknown): ReadonlySet<string> | null {
  if (typeof methods !== 'string') return null;
  const names = methods.split(',').map((name) => name.trim().toLowerCase());
  const wanted = names.filter((name) => name !== '' && name !== 'none');
  return wanted.length === 0 ? null : new Set(wanted);
}

/** Requests come from no known platform and no registered device, and without a risk. */
function fitsUnknownCircumstances(conditions: Json): boolean {
  const includes = (name: string, property: string, all: string): boolean => {
    const names = namesAt(objectAt(conditions, name), property);
    return names.size === 0 || names.has(all);
  };
  const filter = objectAt(objectAt(conditions, 'devices'), 'deviceFilter');
  const insider = conditions['insiderRiskLevels'] ?? '';
  return (
    includes('platforms', 'includePlatforms', 'all') &&
    RISKS.every((name) => {
      const levels = namesAt(conditions, name);
      return levels.size === 0 || levels.has('none');
    }) &&
    filter['mode'] !== 'include' &&
    insider === ''
  );
}

function selection(of: Json, what: string): Selection {
  return { include: namesAt(of, `include${what}`), exclude: namesAt(of, `exclude${what}`) };
}

function objectAt(of: Json, name: string): Json {
  const value = of[name];
  return isObject(value) ? value : {};
}

function textsAt(of: Json, name: string): readonly string[] {
  const value = of[name];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

function namesAt(of: Json, name: string): ReadonlySet<string> {
  return new Set(textsAt(of, name).map((text) => text.toLowerCase()));
}
