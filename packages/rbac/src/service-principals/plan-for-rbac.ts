import { AmlAuthError, isAmlAuthError, type Clock } from '@aml-auth/core';

import type { Arm } from '../arm/authorization-path.js';
import type { Graph } from '../graph/graph-client.js';
import { graphPath } from '../graph/graph-path.js';
import {
  createRoleAssignment,
  type CreatedRoleAssignment,
} from '../role-assignments/create-role-assignment.js';
import { deleteRoleAssignment } from '../role-assignments/delete-role-assignment.js';
import {
  getApplication,
  parseApplication,
  type StoredApplication,
  type WantedApplication,
} from './application.js';
import { awaitDirectory } from './await-directory.js';
import type { CredentialRequest } from './credential-request.js';
import type { AddedCredential } from './credential.js';
import { removeCredential, type AddTo } from './credentials.js';
import type { RoleAt } from './roles-at.js';
import type { UndoableStep } from './run-change.js';
import { findServicePrincipal, parseServicePrincipal, type ServicePrincipal } from './service-principal.js';

/** A role that is to be assigned. */
export type WantedRole = RoleAt;

/** All that the steps work with. */
export interface RbacWork {
  readonly graph: Graph;
  readonly arm?: Arm | undefined;
  readonly wanted: WantedApplication;
  /** The application, where it was there before. */
  readonly existing: StoredApplication | undefined;
  readonly credential: CredentialRequest;
  readonly addTo: AddTo;
  readonly roles: readonly WantedRole[];
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds on the monotonic clock: until then, what is new may be unknown. */
  readonly end: number;
  readonly onWait: (what: string, attempt: number, delayMs: number) => void;
}

interface Made<T> {
  readonly value: T;
  readonly created: boolean;
}

/** What the steps came to. */
export interface RbacResults {
  readonly application: Made<StoredApplication>;
  readonly credential: AddedCredential;
  readonly servicePrincipal: ServicePrincipal & { readonly created: boolean };
  readonly roleAssignments: readonly CreatedRoleAssignment[];
}

/** The steps of a `createForRbac`, each with its way back, and what they came to once they have run. */
export function planForRbac(work: RbacWork): {
  readonly steps: readonly UndoableStep[];
  readonly results: () => RbacResults;
} {
  const { graph, existing } = work;
  let application: Made<StoredApplication> | undefined;
  let credential: AddedCredential | undefined;
  let principal: Made<ServicePrincipal> | undefined;
  const roleAssignments: CreatedRoleAssignment[] = [];
  const fresh = <T>(what: string, run: () => Promise<T>): Promise<T> =>
    there(application, 'application').created ? waitFor(work, what, run) : run();

  const steps: UndoableStep[] = [
    {
      step:
        existing === undefined
          ? `create the application ${nameOf(work.wanted)}`
          : `use the application ${existing.appId}`,
      run: async () => {
        application =
          existing === undefined ? await createApplication(work) : { value: existing, created: false };
        return { id: application.value.objectId, changed: application.created };
      },
      undo: (id) => graph.request({ method: 'DELETE', path: graphPath`/applications/${id}` }),
    },
    {
      step: `add a ${work.credential.kind === 'federated' ? 'federated credential' : work.credential.kind} to it`,
      run: async () => {
        const { value } = there(application, 'application');
        credential = await fresh('the new application', () => work.addTo(graph, value));
        return { id: credential.id, changed: credential.created };
      },
      undo: (id) => {
        const { objectId } = there(application, 'application').value;
        return removeCredential(graph, { application: { objectId }, id, clock: work.clock });
      },
    },
    {
      step: 'create its service principal',
      run: async () => {
        const made = there(application, 'application');
        principal = await fresh('the new application', () => createServicePrincipal(work, made));
        return { id: principal.value.objectId, changed: principal.created };
      },
      undo: (id) => graph.request({ method: 'DELETE', path: graphPath`/servicePrincipals/${id}` }),
    },
    ...work.roles.map((wanted) =>
      roleStep(work, wanted, () => there(principal, 'service principal'), roleAssignments),
    ),
  ];
  return {
    steps,
    results: () => {
      const { value, created } = there(principal, 'service principal');
      return {
        application: there(application, 'application'),
        credential: there(credential, 'credential'),
        servicePrincipal: { ...value, created },
        roleAssignments,
      };
    },
  };
}

function roleStep(
  work: RbacWork,
  { role, scope }: WantedRole,
  principal: () => Made<ServicePrincipal>,
  assignments: CreatedRoleAssignment[],
): UndoableStep {
  const arm = there(work.arm, 'client of Azure Resource Manager');
  return {
    step: `assign "${role.roleName}" at ${scope}`,
    run: async () => {
      const { value, created } = principal();
      const assigned = await createRoleAssignment(arm, {
        scope,
        principalId: value.objectId,
        principalType: 'ServicePrincipal',
        roleDefinitionId: role.id,
        principalIsNew: created,
        graph: work.graph,
        replicationMs: Math.max(0, work.end - work.clock.monotonic()),
        onReplicationWait: ({ attempt, delayMs }) => {
          work.onWait('the new service principal', attempt, delayMs);
        },
        clock: work.clock,
        signal: work.signal,
      });
      assignments.push(assigned);
      return { id: assigned.assignment.id, changed: assigned.created };
    },
    undo: (id) => deleteRoleAssignment(arm, { id }),
  };
}

function waitFor<T>(
  { clock, end, signal, onWait }: RbacWork,
  what: string,
  run: () => Promise<T>,
): Promise<T> {
  return awaitDirectory(
    {
      clock,
      end,
      signal,
      onWait: (attempt, delayMs) => {
        onWait(what, attempt, delayMs);
      },
    },
    run,
  );
}

/** With a unique name the directory itself sees to it that there is one only, however often the request comes. */
async function createApplication(work: RbacWork): Promise<Made<StoredApplication>> {
  const { graph, wanted, signal } = work;
  if (!('uniqueName' in wanted)) {
    const body = { displayName: nameOf(wanted) };
    const reply = await graph.request({ method: 'POST', path: '/applications', body, signal });
    return { value: parseApplication(reply.body), created: true };
  }
  const { uniqueName, displayName = uniqueName } = wanted;
  const { status, body } = await graph.request({
    method: 'PATCH',
    path: graphPath`/applications(uniqueName='${uniqueName}')`,
    headers: { prefer: 'create-if-missing' },
    body: { displayName },
    retry: 'always',
    signal,
  });
  if (status === 201) return { value: parseApplication(body), created: true };
  // Somebody else made it in between, or the first attempt did and its answer was lost.
  const value = await waitFor(work, 'the new application', () =>
    getApplication(graph, { uniqueName }, signal),
  );
  return { value, created: false };
}

async function createServicePrincipal(
  work: RbacWork,
  { value: { appId }, created: isNew }: Made<StoredApplication>,
): Promise<Made<ServicePrincipal>> {
  const { graph, signal } = work;
  const before = isNew ? undefined : await findServicePrincipal(graph, appId, signal);
  if (before !== undefined) return { value: before, created: false };
  try {
    const { body } = await graph.request({
      method: 'POST',
      path: '/servicePrincipals',
      body: { appId, accountEnabled: true },
      // There is one at most for an application: a second attempt meets the first one's.
      retry: 'always',
      signal,
    });
    return { value: parseServicePrincipal(body), created: true };
  } catch (error) {
    if (!isAmlAuthError(error) || error.code !== 'AML_CONFLICT') throw error;
    const value = await waitFor(work, 'the new service principal', async () => {
      const found = await findServicePrincipal(graph, appId, signal);
      if (found === undefined) throw error;
      return found;
    });
    // Where the application is new, nobody else can have made it.
    return { value, created: isNew };
  }
}

/** How an application that is not there yet is called. */
function nameOf(wanted: WantedApplication): string {
  if ('appId' in wanted) return wanted.appId;
  return 'uniqueName' in wanted ? wanted.uniqueName : wanted.displayName;
}

function there<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value;
  throw new AmlAuthError({
    code: 'AML_UNEXPECTED',
    message: `There is no ${what} yet.`,
    remedy: 'Report it with the steps that led here.',
  });
}
