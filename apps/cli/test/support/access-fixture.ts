import type { AccessCollection, Principal } from '@aml-auth/rbac';

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000001';
const GROUP = `${SUBSCRIPTION}/resourceGroups/rg-ml`;

/** Where access is given in {@link accessFixture}. */
export const PLACES = {
  root: '/providers/Microsoft.Management/managementGroups/contoso',
  subscription: SUBSCRIPTION,
  group: GROUP,
  workspace: `${GROUP}/providers/Microsoft.MachineLearningServices/workspaces/ws1`,
  storage: `${GROUP}/providers/Microsoft.Storage/storageAccounts/mldata`,
} as const;

const ROLES = {
  owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  scientist: 'f6c7c914-8db3-469d-8ca1-694a8f32e121',
  blobReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
} as const;

/** An object id. */
export function objectId(number: number): string {
  return `10000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** A tenant in which there is one of everything, with so many members in its group of scientists. */
export function accessFixture(members = 3): {
  readonly collection: AccessCollection;
  readonly names: ReadonlyMap<string, Principal>;
} {
  const names = new Map<string, Principal>();
  const person = (number: number, displayName: string, type: Principal['type'] = 'User'): string => {
    const id = objectId(number);
    const mail = { userPrincipalName: `${displayName.toLowerCase().replaceAll(' ', '.')}@contoso.com` };
    names.set(id, { objectId: id, type, displayName, ...(type === 'User' ? mail : {}) });
    return id;
  };
  const assign = (
    principalId: string,
    role: keyof typeof ROLES,
    scope: string,
    more: { readonly condition?: string } = {},
  ): AccessCollection['roleAssignments'][number] => {
    const principalType = names.get(principalId)?.type;
    const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${role}-${principalId}`;
    return { id, scope, principalId, principalType, roleDefinitionId: ROLES[role], ...more };
  };
  const [ana, bo, cleo] = [person(1, 'Ana Ng'), person(2, 'Bo Lind'), person(3, '김지수')];
  const trainer = person(4, 'trainer', 'ServicePrincipal');
  const cluster = objectId(5);
  names.set(cluster, {
    objectId: cluster,
    type: 'ServicePrincipal',
    displayName: 'ws1/computes/cpu-cluster',
    managedIdentity: true,
  });
  const scientists = person(6, 'Data scientists', 'Group');
  const admins = person(7, 'Platform admins', 'Group');
  const everyone = person(8, 'All of research', 'Group');
  const memberOf: Record<string, readonly string[]> = { [ana]: [admins], [scientists]: [everyone] };
  for (let number = 0; number < members; number += 1)
    memberOf[person(100 + number, `Member ${number + 1}`)] = [scientists];
  const condition =
    "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'public'))";
  return {
    names,
    collection: {
      format: 'aml-auth/access',
      version: 1,
      collectedAt: '2026-11-27T06:00:00.000Z',
      scopes: [PLACES.workspace, PLACES.storage],
      roleDefinitions: [],
      roleAssignments: [
        assign(admins, 'owner', PLACES.subscription),
        assign(scientists, 'scientist', PLACES.workspace),
        assign(everyone, 'reader', PLACES.root),
        assign(trainer, 'contributor', PLACES.group),
        assign(cluster, 'blobReader', PLACES.storage, { condition }),
        assign(bo, 'reader', PLACES.workspace),
        assign(cleo, 'reader', PLACES.workspace),
      ],
      eligibleAssignments: [assign(bo, 'contributor', PLACES.workspace)],
      denyAssignments: [
        {
          id: `${PLACES.storage}/providers/Microsoft.Authorization/denyAssignments/d1`,
          denyAssignmentName: 'No deletion of training data',
          scope: PLACES.storage,
          doNotApplyToChildScopes: false,
          permissions: [{ actions: ['*/delete'], notActions: [], dataActions: [], notDataActions: [] }],
          principals: [{ id: '00000000-0000-0000-0000-000000000000' }],
          excludePrincipals: [{ id: ana }],
        },
      ],
      memberOf,
      parents: { [PLACES.subscription]: PLACES.root },
      operations: [],
      unreadable: [],
      isRedacted: false,
    },
  };
}
