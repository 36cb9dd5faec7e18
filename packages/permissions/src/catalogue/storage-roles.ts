import type { RoleDefinition } from '../types.js';
import { builtInRole } from './built-in-role.js';

/** Roles over storage accounts, where the data of a workspace lies. */
export const storageRoles: readonly RoleDefinition[] = [
  builtInRole(
    'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
    'Storage Blob Data Contributor',
    'Reads, writes and deletes blobs and their containers.',
    {
      actions: [
        'Microsoft.Storage/storageAccounts/blobServices/containers/delete',
        'Microsoft.Storage/storageAccounts/blobServices/containers/read',
        'Microsoft.Storage/storageAccounts/blobServices/containers/write',
        'Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action',
      ],
      dataActions: [
        'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete',
        'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
        'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write',
        'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/move/action',
        'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action',
      ],
    },
  ),
  builtInRole(
    '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
    'Storage Blob Data Reader',
    'Reads blobs and their containers.',
    {
      actions: [
        'Microsoft.Storage/storageAccounts/blobServices/containers/read',
        'Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action',
      ],
      dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'],
    },
  ),
  builtInRole(
    'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
    'Storage Blob Data Owner',
    'Full control of blobs and their containers, access lists included.',
    {
      actions: [
        'Microsoft.Storage/storageAccounts/blobServices/containers/*',
        'Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action',
      ],
      dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*'],
    },
  ),
  builtInRole(
    'db58b8e5-c6ad-4a2a-8342-4190687cbf4a',
    'Storage Blob Delegator',
    'Makes keys for shared access signatures of a user.',
    {
      actions: ['Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action'],
    },
  ),
  builtInRole(
    '69566ab7-960f-475b-8e7c-b3118f30c6bd',
    'Storage File Data Privileged Contributor',
    'Reads, writes and deletes files of file shares, whatever their access lists say.',
    {
      dataActions: [
        'Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read',
        'Microsoft.Storage/storageAccounts/fileServices/fileshares/files/write',
        'Microsoft.Storage/storageAccounts/fileServices/fileshares/files/delete',
        'Microsoft.Storage/storageAccounts/fileServices/fileshares/files/modifypermissions/action',
        'Microsoft.Storage/storageAccounts/fileServices/readFileBackupSemantics/action',
        'Microsoft.Storage/storageAccounts/fileServices/writeFileBackupSemantics/action',
      ],
    },
  ),
  builtInRole(
    '17d1049b-9a84-46fb-8f53-869881c3d3ab',
    'Storage Account Contributor',
    'Manages storage accounts, their keys included.',
    {
      actions: [
        'Microsoft.Authorization/*/read',
        'Microsoft.Insights/alertRules/*',
        'Microsoft.Insights/diagnosticSettings/*',
        'Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action',
        'Microsoft.ResourceHealth/availabilityStatuses/read',
        'Microsoft.Resources/deployments/*',
        'Microsoft.Resources/subscriptions/resourceGroups/read',
        'Microsoft.Storage/storageAccounts/*',
        'Microsoft.Support/*',
      ],
    },
  ),
  builtInRole(
    'c12c1c16-33a1-487b-954d-41c89c60f349',
    'Reader and Data Access',
    'Reads storage accounts and their keys, which open all of their data.',
    {
      actions: [
        'Microsoft.Storage/storageAccounts/listKeys/action',
        'Microsoft.Storage/storageAccounts/ListAccountSas/action',
        'Microsoft.Storage/storageAccounts/read',
      ],
    },
  ),
];
