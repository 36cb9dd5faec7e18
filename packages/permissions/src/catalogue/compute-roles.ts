import type { RoleDefinition } from '../types.js';
import { builtInRole } from './built-in-role.js';

/** Roles over what computes and endpoints of a workspace stand on. */
export const computeRoles: readonly RoleDefinition[] = [
  builtInRole(
    '0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8',
    'Azure Kubernetes Service Cluster Admin Role',
    'Fetches the credential of a cluster administrator, as attaching a Kubernetes cluster needs.',
    {
      actions: [
        'Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action',
        'Microsoft.ContainerService/managedClusters/accessProfiles/listCredential/action',
        'Microsoft.ContainerService/managedClusters/read',
        'Microsoft.ContainerService/managedClusters/runcommand/action',
      ],
    },
  ),
  builtInRole(
    '4d97b98b-1d4f-4787-a291-c67834d212e7',
    'Network Contributor',
    'Manages networks, joining compute to a subnet included.',
    {
      actions: [
        'Microsoft.Authorization/*/read',
        'Microsoft.Insights/alertRules/*',
        'Microsoft.Network/*',
        'Microsoft.ResourceHealth/availabilityStatuses/read',
        'Microsoft.Resources/deployments/*',
        'Microsoft.Resources/subscriptions/resourceGroups/read',
        'Microsoft.Support/*',
      ],
    },
  ),
];
