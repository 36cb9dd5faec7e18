import { AmlAuthError } from '@aml-auth/core';
import * as z from 'zod';

/** What a policy includes, and what of it it leaves out. Ids as Microsoft Graph has them, and words such as `All`. */
export interface PolicySelection {
  /** Whom or what the policy is for. */
  readonly include: readonly string[];
  /** What of it is left out; goes before what is included. */
  readonly exclude: readonly string[];
}

/** A Conditional Access policy, as far as this package reads it. */
export interface ConditionalAccessPolicy {
  /** GUID, in lower case: what `policyIds` of a refusal names. */
  readonly id: string;
  /** The name that people see; it need not be unique. */
  readonly displayName: string;
  /**
   * `reportOnly` (`enabledForReportingButNotEnforced` in Microsoft Graph): the sign-in log shows whom it
   * would stop.
   */
  readonly state: 'enabled' | 'disabled' | 'reportOnly';
  /** Application ids that it is for, and words such as `All`, `None`, `Office365`. */
  readonly applications: PolicySelection;
  /** A filter by attributes of applications, which only the directory can decide. */
  readonly applicationFilter?: string;
  /** What people do in place of what they use, such as registering a device. */
  readonly userActions: readonly string[];
  /** Authentication contexts such as `c1`, which a service asks for by itself. */
  readonly authenticationContexts: readonly string[];
  /** Object ids of users, and words such as `All`, `None`, `GuestsOrExternalUsers`. */
  readonly users: PolicySelection;
  /** Object ids of groups. */
  readonly groups: PolicySelection;
  /** Template ids of roles of Microsoft Entra ID, which are no roles of Azure. */
  readonly roles: PolicySelection;
  /** Guests and people of other tenants are told apart further. */
  readonly namesGuests: boolean;
  /** Service principals, by object id or `ServicePrincipalsInMyTenant`. */
  readonly servicePrincipals: PolicySelection;
  /** `AND`: all of the controls; `OR`: one of them. */
  readonly operator: 'AND' | 'OR';
  /** `block`, `mfa`, `compliantDevice` …, `authenticationStrength: {name}`, `termsOfUse`. */
  readonly controls: readonly string[];
  /** How long a sign-in counts: `4 hours`, `7 days`, `every time`. */
  readonly signInFrequency?: string;
  /** The whole policy as Microsoft Graph has it. */
  readonly raw: Readonly<Record<string, unknown>>;
}

const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);
const part = z
  .looseObject({})
  .nullish()
  .transform((value) => value ?? {});

const reply = z.looseObject({
  id: z.string().min(1),
  displayName: z.string(),
  state: z.enum(['enabled', 'disabled', 'enabledForReportingButNotEnforced']),
  conditions: z.looseObject({
    applications: part,
    users: part,
    clientApplications: part,
  }),
  grantControls: part,
  sessionControls: part,
});

/**
 * A policy from an answer of Microsoft Graph. A field of the wrong type is an error: without what it leaves out, a
 * policy would look like a wider one.
 *
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID`
 */
export function parseConditionalAccessPolicy(body: unknown): ConditionalAccessPolicy {
  const policy = checked(reply, body);
  const { applications, users, clientApplications } = policy.conditions;
  const { operator } = policy.grantControls;
  const filter = checked(z.looseObject({ rule: z.string() }).nullish(), applications['applicationFilter']);
  const frequency = frequencyOf(policy.sessionControls['signInFrequency']);
  return {
    id: policy.id.toLowerCase(),
    displayName: policy.displayName,
    state: policy.state === 'enabledForReportingButNotEnforced' ? 'reportOnly' : policy.state,
    applications: selection(applications, 'Applications'),
    ...(filter === null || filter === undefined ? {} : { applicationFilter: filter.rule }),
    userActions: checked(texts, applications['includeUserActions']),
    authenticationContexts: checked(texts, applications['includeAuthenticationContextClassReferences']),
    users: selection(users, 'Users'),
    groups: selection(users, 'Groups'),
    roles: selection(users, 'Roles'),
    namesGuests: ['includeGuestsOrExternalUsers', 'excludeGuestsOrExternalUsers'].some(
      (name) => (users[name] ?? null) !== null,
    ),
    servicePrincipals: selection(clientApplications, 'ServicePrincipals'),
    operator: operator === 'AND' ? 'AND' : 'OR',
    controls: controlsOf(policy.grantControls),
    ...(frequency === undefined ? {} : { signInFrequency: frequency }),
    raw: withoutContext(policy),
  };
}

/** Where the answer was, which is not of the policy. */
function withoutContext(policy: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(policy).filter(([name]) => name !== '@odata.context'));
}

function selection(from: Readonly<Record<string, unknown>>, kind: string): PolicySelection {
  return {
    include: checked(texts, from[`include${kind}`]),
    exclude: checked(texts, from[`exclude${kind}`]),
  };
}

function controlsOf(grant: Readonly<Record<string, unknown>>): readonly string[] {
  const strength = checked(
    z.looseObject({ displayName: z.string().nullish(), id: z.string().nullish() }).nullish(),
    grant['authenticationStrength'],
  );
  const strengthName = strength?.displayName ?? strength?.id ?? 'unnamed';
  return [
    ...checked(texts, grant['builtInControls']),
    ...(strength === null || strength === undefined ? [] : [`authenticationStrength: ${strengthName}`]),
    ...(checked(texts, grant['termsOfUse']).length === 0 ? [] : ['termsOfUse']),
    ...checked(texts, grant['customAuthenticationFactors']).map((name) => `custom: ${name}`),
  ];
}

const signInFrequency = z
  .looseObject({
    isEnabled: z.boolean().nullish(),
    frequencyInterval: z.string().nullish(),
    type: z.string().nullish(),
    value: z.number().nullish(),
  })
  .nullish();

function frequencyOf(value: unknown): string | undefined {
  const frequency = checked(signInFrequency, value) ?? { isEnabled: false };
  if (frequency.isEnabled === false) return undefined;
  if (frequency['frequencyInterval'] === 'everyTime') return 'every time';
  return `${String(frequency['value'])} ${String(frequency['type'])}`;
}

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `The answer of Microsoft Graph is no Conditional Access policy: ${field === '' ? 'it' : field} is missing or of another type.`,
    remedy: 'Check the endpoint of the cloud, and that no proxy answers in its place.',
  });
}
