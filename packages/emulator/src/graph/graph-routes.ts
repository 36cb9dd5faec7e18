import type { GraphRoutes } from './graph-context.js';
import { appRoleAssignmentRoutes } from './resources/app-role-assignments.js';
import { passwordRoutes } from './resources/application-passwords.js';
import { applicationRoutes } from './resources/applications.js';
import { authenticationContextRoutes } from './resources/authentication-contexts.js';
import { conditionalAccessRoutes } from './resources/conditional-access.js';
import { directoryObjectRoutes } from './resources/directory-objects.js';
import { federatedCredentialRoutes } from './resources/federated-credentials.js';
import { groupRoutes } from './resources/groups.js';
import { membershipRoutes } from './resources/memberships.js';
import { namedLocationRoutes } from './resources/named-locations.js';
import { organizationRoutes } from './resources/organization.js';
import { ownerRoutes } from './resources/owners.js';
import { servicePrincipalRoutes } from './resources/service-principals.js';
import { signInRoutes } from './resources/sign-ins.js';
import { userRoutes } from './resources/users.js';

/** Everything that Microsoft Graph answers here. */
export const GRAPH_ROUTES: GraphRoutes = {
  ...userRoutes,
  ...groupRoutes,
  ...membershipRoutes,
  ...applicationRoutes,
  ...passwordRoutes,
  ...federatedCredentialRoutes,
  ...servicePrincipalRoutes,
  ...ownerRoutes,
  ...appRoleAssignmentRoutes,
  ...directoryObjectRoutes,
  ...organizationRoutes,
  ...conditionalAccessRoutes,
  ...namedLocationRoutes,
  ...authenticationContextRoutes,
  ...signInRoutes,
};
