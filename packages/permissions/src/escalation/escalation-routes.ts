import type { EscalationEnvironment, EscalationRoute, ManagedIdentityUse } from './escalation-types.js';

const ML = 'Microsoft.MachineLearningServices/workspaces';
/** Each of them runs code of the caller on a compute of the workspace. */
const JOBS = ['jobs/write', 'experiments/runs/submit/action', 'schedules/write'];
const OF_ENDPOINT = /\/onlineendpoints\/[^/]+/i;
const WORKSPACE_OF = /^.*?\/providers\/microsoft\.machinelearningservices\/workspaces\/[^/]+/i;

/** Every way in the environment to act as an identity, or to keys. */
export function escalationRoutes(environment: EscalationEnvironment): readonly EscalationRoute[] {
  const { workspaces = [], identities = [], storageAccounts = [] } = environment;
  return [
    ...identities.flatMap(byUse),
    ...identities.flatMap((identity) => byAssignment(identity, workspaces)),
    ...workspaces.flatMap((scope) => [
      keys(scope, `${ML}/listKeys/action`),
      keys(scope, `${ML}/listStorageAccountKeys/action`),
    ]),
    ...storageAccounts.map((scope) => keys(scope, 'Microsoft.Storage/storageAccounts/listKeys/action')),
  ];
}

/** By code on what runs as the identity already. */
function byUse({ principalId, usedBy }: ManagedIdentityUse): readonly EscalationRoute[] {
  const to = { kind: 'principal', id: principalId } as const;
  return usedBy.flatMap((scope): readonly EscalationRoute[] => {
    if (OF_ENDPOINT.test(scope)) {
      return [
        { to, step: 'deployModel', needs: [{ action: `${ML}/onlineEndpoints/deployments/write`, scope }] },
      ];
    }
    const workspace = WORKSPACE_OF.exec(scope)?.[0];
    if (workspace === undefined) return [];
    return [
      ...JOBS.map((job) => ({ action: `${ML}/${job}`, scope: workspace })),
      { action: `${ML}/computes/applicationaccess/action`, scope },
    ].map((need) => ({ to, step: 'runJob', needs: [need] }));
  });
}

/** By a compute of one's own that is given the identity. */
function byAssignment(
  { principalId, resourceId }: ManagedIdentityUse,
  workspaces: readonly string[],
): readonly EscalationRoute[] {
  if (resourceId === undefined) return [];
  const assign = {
    action: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
    scope: resourceId,
  };
  return workspaces.map((scope) => ({
    to: { kind: 'principal', id: principalId },
    step: 'assignIdentity',
    needs: [assign, { action: `${ML}/computes/write`, scope }],
  }));
}

function keys(scope: string, action: string): EscalationRoute {
  return { to: { kind: 'keys', id: scope }, step: 'listKeys', needs: [{ action, scope }] };
}
