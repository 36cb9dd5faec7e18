/** Who may call an operation of Microsoft Graph. */
export interface PermissionRule {
  /** Application permissions, least privileged first; one of them is enough. */
  readonly application: readonly string[];
  /** Delegated permissions that are enough besides those of the same names; the user must have the right as well. */
  readonly delegated?: readonly string[];
  /** Application permissions of which one is needed besides. */
  readonly also?: readonly string[];
  /** Application permissions that are enough for the applications that the caller owns. */
  readonly owned?: readonly string[];
  /** Directory roles of users that may, besides Global Administrator. */
  readonly roles?: readonly string[];
  /** Whether every caller may; the handler then looks at who it is. */
  readonly anyone?: true;
  /** Whether signed-in users may, by the default rights of a member of the directory. */
  readonly member?: true;
  /** Whether a user may who owns the application or service principal. */
  readonly owner?: true;
}

const DIRECTORY_READ = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const APPLICATION_READ = [
  'Application.Read.All',
  'Application.ReadWrite.OwnedBy',
  'Application.ReadWrite.All',
  ...DIRECTORY_READ,
];
const APPLICATION_WRITE = ['Application.ReadWrite.All', 'Directory.ReadWrite.All'];
const OWNED_BY = ['Application.ReadWrite.OwnedBy'];

const APPLICATION_ROLES = ['Application Administrator', 'Cloud Application Administrator'];
const GROUP_ROLES = ['Groups Administrator', 'User Administrator', 'Directory Writers'];
const USER_WRITE = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
const USER_ROLES = ['User Administrator'];
const POLICY_ROLES = ['Conditional Access Administrator', 'Security Administrator'];

/** What can be done in Microsoft Graph, as far as permissions tell it apart. */
export type GraphOperation =
  | 'me.read'
  | 'user.read'
  | 'user.create'
  | 'user.write'
  | 'group.read'
  | 'group.create'
  | 'group.write'
  | 'groupMember.write'
  | 'application.read'
  | 'application.create'
  | 'application.write'
  | 'servicePrincipal.create'
  | 'appRoleAssignment.write'
  | 'directoryObject.read'
  | 'membership.read'
  | 'organization.read'
  | 'signIn.read'
  | 'policy.read'
  | 'policy.write';

/** Operation → who may call it. */
export const GRAPH_RULES: Readonly<Record<GraphOperation, PermissionRule>> = {
  'me.read': { application: [], anyone: true },
  'user.read': {
    application: ['User.Read.All', 'User.ReadWrite.All', ...DIRECTORY_READ],
    delegated: ['User.ReadBasic.All'],
    member: true,
  },
  'user.create': { application: USER_WRITE, roles: USER_ROLES },
  'user.write': { application: USER_WRITE, roles: USER_ROLES },
  'group.read': {
    application: [
      'GroupMember.Read.All',
      'Group.Read.All',
      'GroupMember.ReadWrite.All',
      'Group.ReadWrite.All',
      ...DIRECTORY_READ,
    ],
    member: true,
  },
  'group.create': {
    application: ['Group.Create', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
    roles: GROUP_ROLES,
  },
  'group.write': {
    application: ['Group.ReadWrite.All', 'Directory.ReadWrite.All'],
    roles: GROUP_ROLES,
    owner: true,
  },
  'groupMember.write': {
    application: ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
    roles: GROUP_ROLES,
    owner: true,
  },
  'application.read': { application: APPLICATION_READ, member: true },
  'application.create': { application: [...OWNED_BY, ...APPLICATION_WRITE], member: true },
  'application.write': {
    application: APPLICATION_WRITE,
    owned: OWNED_BY,
    roles: APPLICATION_ROLES,
    owner: true,
  },
  'servicePrincipal.create': {
    application: APPLICATION_WRITE,
    owned: OWNED_BY,
    roles: APPLICATION_ROLES,
    owner: true,
  },
  'appRoleAssignment.write': {
    application: ['AppRoleAssignment.ReadWrite.All'],
    roles: APPLICATION_ROLES,
    owner: true,
  },
  'directoryObject.read': { application: DIRECTORY_READ, member: true },
  'membership.read': {
    application: ['GroupMember.Read.All', 'Group.Read.All', 'Group.ReadWrite.All', ...DIRECTORY_READ],
    member: true,
  },
  'organization.read': {
    application: ['Organization.Read.All', ...DIRECTORY_READ],
    delegated: ['User.Read'],
    member: true,
  },
  'signIn.read': {
    application: ['AuditLog.Read.All'],
    roles: ['Reports Reader', 'Security Administrator', 'Security Reader', 'Global Reader'],
  },
  'policy.read': {
    application: ['Policy.Read.ConditionalAccess', 'Policy.Read.All'],
    roles: [...POLICY_ROLES, 'Global Reader', 'Security Reader'],
  },
  'policy.write': {
    application: ['Policy.ReadWrite.ConditionalAccess'],
    also: ['Policy.Read.All', 'Application.Read.All'],
    roles: POLICY_ROLES,
  },
};

/** Every application permission that the emulator knows. */
export const GRAPH_PERMISSIONS: ReadonlySet<string> = new Set(
  Object.values(GRAPH_RULES).flatMap(({ application, also = [], owned = [] }) => [
    ...application,
    ...also,
    ...owned,
  ]),
);
