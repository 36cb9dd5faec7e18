import { AmlAuthError, systemClock, type Clock } from '@aml-auth/core';
import { parseScope } from '@aml-auth/permissions';

import type { Arm } from '../arm/authorization-path.js';
import type { Graph } from '../graph/graph-client.js';
import type { CreatedRoleAssignment } from '../role-assignments/create-role-assignment.js';
import {
  getApplication,
  parseUniqueName,
  plainApplication,
  findApplication,
  type Application,
  type StoredApplication,
  type WantedApplication,
} from './application.js';
import { broadRoleWarnings, hasLiveSecret, type RbacWarning } from './broad-role.js';
import { checkCredentialRequest, type CredentialRequest } from './credential-request.js';
import { keyCredentialsOf, type AddedCredential } from './credential.js';
import { prepareCredential } from './credentials.js';
import { planForRbac, type RbacWork, type WantedRole } from './plan-for-rbac.js';
import { rolesAt } from './roles-at.js';
import { runChange, type OnStep } from './run-change.js';
import type { ServicePrincipal } from './service-principal.js';

/** What is told on the way. */
export type ForRbacProgress =
  /** A step, in words, has begun or ended. */
  | { readonly event: 'step'; readonly step: string; readonly state: Parameters<OnStep>[1] }
  /** Something new is not known everywhere as yet; it goes on after `delayMs` milliseconds. */
  | { readonly event: 'waiting'; readonly for: string; readonly attempt: number; readonly delayMs: number }
  /** What is asked for is dangerous. Told before the first step, and in the result. */
  | { readonly event: 'warning'; readonly warning: RbacWarning };

/** What {@link createForRbac} makes. */
export interface CreateForRbacOptions {
  /** The application: a new one, or one that is named by id or unique name. */
  readonly application: WantedApplication;
  /** Needed where a role is assigned. */
  readonly arm?: Arm | undefined;
  /** Default: a new self-signed certificate. */
  readonly credential?: CredentialRequest | undefined;
  /** GUID, resource id or name of the role. Default: none is assigned. */
  readonly role?: string | undefined;
  /** Resource ids at which the role is assigned. */
  readonly scopes?: readonly string[] | undefined;
  /** What the output names. Default: that of the first scope. */
  readonly subscriptionId?: string | undefined;
  /** How long a part of the directory may not know what was just made, in milliseconds. Default 180,000. */
  readonly replicationMs?: number | undefined;
  /** Told of warnings, steps and waiting, as they come. Default: nobody. */
  readonly onProgress?: ((progress: ForRbacProgress) => void) | undefined;
  /** Measures waits and lifetimes. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Ends the call with `AML_CANCELLED`; what was made is undone. */
  readonly signal?: AbortSignal | undefined;
}

/** A service principal that can sign in and has its roles. */
export interface CreatedForRbac {
  /** The application; `created` is false where it was there before. */
  readonly application: Application & { readonly created: boolean };
  /** Its service principal; `created` is false where it was there before. */
  readonly servicePrincipal: ServicePrincipal & { readonly created: boolean };
  /** Its secret or private key is told nowhere else. */
  readonly credential: AddedCredential;
  /** One for each scope, in their order; empty where no role was asked for. */
  readonly roleAssignments: readonly CreatedRoleAssignment[];
  /** Tenant id (GUID) to sign in to. */
  readonly tenantId: string;
  /** The option's, else that of the first scope; undefined where neither names one. */
  readonly subscriptionId?: string;
  /** What is dangerous about it; empty where nothing is. */
  readonly warnings: readonly RbacWarning[];
}

const DEFAULT_REPLICATION_MS = 180_000;

/**
 * What `az ad sp create-for-rbac` is for: an application with a service principal, a credential and roles. An
 * application is found by its id or unique name, never by its display name, and its other credentials are left
 * alone. Roles and scopes are checked before anything is made; where a step fails, those before it are undone.
 *
 * With a unique name or an application id it is safe to repeat: what is there stays as it is. Only a secret is a new
 * one each time (`rotateCredential` replaces one).
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`; `AML_NOT_FOUND` for an application id or role that is not there; the
 *   error of the step that failed, with `steps`, which name what was done, undone and could not be undone;
 *   `AML_RESPONSE_INVALID` where Microsoft Graph does not tell the tenant of what was made
 */
export async function createForRbac(graph: Graph, options: CreateForRbacOptions): Promise<CreatedForRbac> {
  const { application, arm, signal, clock = systemClock, credential = { kind: 'certificate' } } = options;
  checkCredentialRequest(credential);
  checkApplication(application);
  const roles = await wantedRoles(options);
  const existing = await existingApplication(graph, application, signal);
  const warnings = warningsOf(credential, existing, roles, clock.now());
  for (const warning of warnings) options.onProgress?.({ event: 'warning', warning });

  const work: RbacWork = {
    graph,
    arm,
    wanted: application,
    existing,
    credential,
    addTo: await prepareCredential(credential, { clock, signal }),
    roles,
    clock,
    signal,
    end: clock.monotonic() + (options.replicationMs ?? DEFAULT_REPLICATION_MS),
    onWait: (what, attempt, delayMs) =>
      options.onProgress?.({ event: 'waiting', for: what, attempt, delayMs }),
  };
  const { steps, results } = planForRbac(work);
  await runChange(steps, (step, state) => options.onProgress?.({ event: 'step', step, state }));
  return resultOf(results(), options, roles, warnings);
}

function resultOf(
  made: ReturnType<ReturnType<typeof planForRbac>['results']>,
  { subscriptionId }: CreateForRbacOptions,
  roles: readonly WantedRole[],
  warnings: readonly RbacWarning[],
): CreatedForRbac {
  const { application, servicePrincipal, credential, roleAssignments } = made;
  const [first] = roles;
  const subscription =
    subscriptionId ?? (first === undefined ? undefined : parseScope(first.scope).subscriptionId);
  const tenantId = servicePrincipal.homeTenantId;
  if (tenantId === undefined) {
    throw new AmlAuthError({
      code: 'AML_RESPONSE_INVALID',
      message: `Microsoft Graph does not tell the tenant of the service principal ${servicePrincipal.objectId}.`,
      remedy: 'Look at it in the directory: it was made.',
    });
  }
  return {
    application: { ...plainApplication(application.value), created: application.created },
    servicePrincipal,
    credential,
    roleAssignments,
    tenantId,
    ...(subscription === undefined ? {} : { subscriptionId: subscription }),
    warnings,
  };
}

function checkApplication(wanted: WantedApplication): void {
  if ('appId' in wanted) return;
  if ('uniqueName' in wanted) parseUniqueName(wanted.uniqueName);
  const { displayName } = wanted;
  if (displayName === undefined && 'uniqueName' in wanted) return;
  if (typeof displayName === 'string' && displayName.trim() !== '' && displayName.length <= 256) return;
  throw invalid('displayName is empty, longer than 256 characters, or no text.', 'Give another name.');
}

async function wantedRoles({
  arm,
  role,
  scopes = [],
  signal,
}: CreateForRbacOptions): Promise<readonly WantedRole[]> {
  if (role === undefined && scopes.length === 0) return [];
  if (role === undefined || scopes.length === 0) {
    throw invalid('A role needs scopes, and scopes need a role.', 'Give both, or neither.');
  }
  if (arm === undefined) {
    throw invalid(
      'Roles are assigned in Azure Resource Manager, and no client of it was given.',
      'Give arm.',
    );
  }
  return rolesAt(arm, role, scopes, signal);
}

async function existingApplication(
  graph: Graph,
  wanted: WantedApplication,
  signal: AbortSignal | undefined,
): Promise<StoredApplication | undefined> {
  if ('appId' in wanted) return getApplication(graph, wanted, signal);
  return 'uniqueName' in wanted ? findApplication(graph, wanted, signal) : undefined;
}

function warningsOf(
  credential: CredentialRequest,
  existing: StoredApplication | undefined,
  roles: readonly WantedRole[],
  now: number,
): readonly RbacWarning[] {
  const keys = existing === undefined ? [] : keyCredentialsOf(existing);
  if (credential.kind !== 'secret' && !hasLiveSecret(keys, now)) return [];
  return roles.flatMap(({ role, scope }) => broadRoleWarnings(role, scope));
}

function invalid(message: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message, remedy });
}
