import type { RoleDefinition } from '../types.js';
import { builtInRole } from './built-in-role.js';

/** Roles over all kinds of resource. */
export const generalRoles: readonly RoleDefinition[] = [
  builtInRole(
    '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
    'Owner',
    'Full control of every resource, assigning roles included.',
    {
      actions: ['*'],
    },
  ),
  builtInRole(
    'b24988ac-6180-42a0-ab88-20f7382dd24c',
    'Contributor',
    'Full control of every resource, without power over access: no role assignments, blueprint assignments or shared galleries.',
    {
      actions: ['*'],
      notActions: [
        'Microsoft.Authorization/*/Delete',
        'Microsoft.Authorization/*/Write',
        'Microsoft.Authorization/elevateAccess/Action',
        'Microsoft.Blueprint/blueprintAssignments/write',
        'Microsoft.Blueprint/blueprintAssignments/delete',
        'Microsoft.Compute/galleries/share/action',
        'Microsoft.Purview/consents/write',
        'Microsoft.Purview/consents/delete',
        'Microsoft.Resources/deploymentStacks/manageDenySetting/action',
        'Microsoft.Subscription/cancel/action',
        'Microsoft.Subscription/enable/action',
      ],
    },
  ),
  builtInRole('acdd72a7-3385-48ef-bd42-f606fba81ae7', 'Reader', 'Reads every resource and changes none.', {
    actions: ['*/read'],
  }),
  builtInRole(
    '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
    'User Access Administrator',
    'Reads every resource and manages all access to it.',
    {
      actions: ['*/read', 'Microsoft.Authorization/*', 'Microsoft.Support/*'],
    },
  ),
  builtInRole(
    'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
    'Role Based Access Control Administrator',
    'Reads every resource and assigns roles; no other way of managing access, such as Azure Policy.',
    {
      actions: [
        'Microsoft.Authorization/roleAssignments/write',
        'Microsoft.Authorization/roleAssignments/delete',
        '*/read',
        'Microsoft.Support/*',
      ],
    },
  ),
];
