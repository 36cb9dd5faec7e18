import type { RoleDefinition } from '../types.js';
import { builtInRole } from './built-in-role.js';

/** Roles over container registries, where the images of environments lie. */
export const registryRoles: readonly RoleDefinition[] = [
  builtInRole('7f951dda-4ed3-4680-a7ca-43fe172d538d', 'AcrPull', 'Pulls images from a container registry.', {
    actions: ['Microsoft.ContainerRegistry/registries/pull/read'],
  }),
  builtInRole(
    '8311e382-0749-4cb8-b61a-304f252e45ec',
    'AcrPush',
    'Pushes images to a container registry, and pulls them.',
    {
      actions: [
        'Microsoft.ContainerRegistry/registries/pull/read',
        'Microsoft.ContainerRegistry/registries/push/write',
      ],
    },
  ),
  builtInRole(
    'b93aa761-3e63-49ed-ac28-beffa264f7ac',
    'Container Registry Repository Reader',
    'Reads the repositories of a container registry that grants access by repository.',
    {
      dataActions: [
        'Microsoft.ContainerRegistry/registries/repositories/metadata/read',
        'Microsoft.ContainerRegistry/registries/repositories/content/read',
      ],
    },
  ),
];
