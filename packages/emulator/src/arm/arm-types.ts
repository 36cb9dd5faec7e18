import type { ArmType } from './arm-context.js';
import { operationTypes } from './operations/operation-types.js';
import { classicAdministrators } from './providers/classic-administrators.js';
import { computes } from './providers/computes.js';
import { denyAssignments } from './providers/deny-assignments.js';
import {
  managementGroupDescendants,
  managementGroupSubscriptions,
} from './providers/management-group-members.js';
import { elevateAccess } from './providers/elevate-access.js';
import { managementEntities } from './providers/management-entities.js';
import { managementGroups } from './providers/management-groups.js';
import { DEPENDENTS } from './providers/generic/dependents.js';
import { genericType } from './providers/generic/generic-type.js';
import { machineLearningTypes } from './providers/machine-learning/machine-learning-types.js';
import { permissions } from './providers/permissions.js';
import { resourceGroups } from './providers/resource-groups.js';
import { locations } from './providers/resources/locations.js';
import { operationLists, providerOperations } from './providers/resources/provider-operations.js';
import { providers, subscriptionProviders } from './providers/resources/providers.js';
import { groupResources, subscriptionResources } from './providers/resources/resources.js';
import { roleAssignments } from './providers/role-assignments.js';
import { roleDefinitions } from './providers/role-definitions.js';
import { roleSchedules } from './providers/role-schedules.js';
import { subscriptions } from './providers/subscriptions.js';
import { systemAssignedIdentity } from './providers/system-assigned-identity.js';
import { tenants } from './providers/tenants.js';
import { userAssignedIdentities } from './providers/user-assigned-identities.js';
import { machineInstanceView, virtualMachines } from './providers/virtual-machines/virtual-machines.js';
import { workspaces } from './providers/workspaces.js';

const RESOURCE_TYPES: readonly ArmType[] = [
  subscriptions,
  tenants,
  resourceGroups,
  workspaces,
  computes,
  ...machineLearningTypes,
  userAssignedIdentities,
  systemAssignedIdentity,
  roleDefinitions,
  roleAssignments,
  permissions,
  denyAssignments,
  ...roleSchedules,
  classicAdministrators,
  managementGroups,
  managementGroupSubscriptions,
  managementGroupDescendants,
  managementEntities,
  elevateAccess,
  virtualMachines,
  machineInstanceView,
  ...DEPENDENTS.map(genericType),
  ...operationTypes,
  locations,
  providers,
  subscriptionProviders,
  subscriptionResources,
  groupResources,
  providerOperations,
];

/** Every resource type that the emulator has. */
export const ARM_TYPES: readonly ArmType[] = [...RESOURCE_TYPES, ...operationLists(RESOURCE_TYPES)];
