import type { RoleDefinition } from '../types.js';
import { builtInRole } from './built-in-role.js';

/** Roles of Azure Machine Learning workspaces and registries. */
export const azureMlRoles: readonly RoleDefinition[] = [
  builtInRole(
    'f6c7c914-8db3-469d-8ca1-694a8f32e121',
    'AzureML Data Scientist',
    'Works in a workspace: jobs, data, models, endpoints. Does not create or delete compute, nor change the workspace.',
    {
      actions: [
        'Microsoft.MachineLearningServices/workspaces/*/read',
        'Microsoft.MachineLearningServices/workspaces/*/action',
        'Microsoft.MachineLearningServices/workspaces/*/delete',
        'Microsoft.MachineLearningServices/workspaces/*/write',
      ],
      notActions: [
        'Microsoft.MachineLearningServices/workspaces/delete',
        'Microsoft.MachineLearningServices/workspaces/write',
        'Microsoft.MachineLearningServices/workspaces/computes/*/write',
        'Microsoft.MachineLearningServices/workspaces/computes/*/delete',
        'Microsoft.MachineLearningServices/workspaces/computes/listKeys/action',
        'Microsoft.MachineLearningServices/workspaces/listKeys/action',
        'Microsoft.MachineLearningServices/workspaces/hubs/write',
        'Microsoft.MachineLearningServices/workspaces/hubs/delete',
        'Microsoft.MachineLearningServices/workspaces/featurestores/write',
        'Microsoft.MachineLearningServices/workspaces/featurestores/delete',
      ],
    },
  ),
  builtInRole(
    'e503ece1-11d0-4e8e-8e2c-7a6c3bf38815',
    'AzureML Compute Operator',
    'Manages the compute of a workspace, notebook virtual machines included. Cannot read the workspace itself.',
    {
      actions: [
        'Microsoft.MachineLearningServices/workspaces/computes/*',
        'Microsoft.MachineLearningServices/workspaces/notebooks/vm/*',
      ],
    },
  ),
  builtInRole(
    '1823dd4f-9b8c-4ab6-ab4e-7397a3684615',
    'AzureML Registry User',
    'Reads a registry and manages all of its assets.',
    {
      actions: [
        'Microsoft.MachineLearningServices/registries/read',
        'Microsoft.MachineLearningServices/registries/assets/*',
      ],
    },
  ),
  builtInRole(
    '635dd51f-9968-44d3-b7fb-6d9a6bd613ae',
    'AzureML Metrics Writer (preview)',
    'Writes metrics to a workspace.',
    {
      actions: ['Microsoft.MachineLearningServices/workspaces/metrics/*/write'],
    },
  ),
  builtInRole(
    'ea01e6af-a1c1-4350-9563-ad00f8c72ec5',
    'Azure Machine Learning Workspace Connection Secrets Reader',
    'Reads the secrets of the connections of a workspace.',
    {
      actions: [
        'Microsoft.MachineLearningServices/workspaces/connections/listsecrets/action',
        'Microsoft.MachineLearningServices/workspaces/metadata/secrets/read',
      ],
    },
  ),
  builtInRole(
    'c6decf44-fd0a-444c-a844-d653c394e7ab',
    'Data Labeling - Labeler',
    'Labels data in a labeling project.',
    {
      actions: [
        'Microsoft.MachineLearningServices/workspaces/read',
        'Microsoft.MachineLearningServices/workspaces/experiments/runs/read',
        'Microsoft.MachineLearningServices/workspaces/labeling/projects/read',
        'Microsoft.MachineLearningServices/workspaces/labeling/projects/summary/read',
        'Microsoft.MachineLearningServices/workspaces/labeling/labels/read',
        'Microsoft.MachineLearningServices/workspaces/labeling/labels/write',
      ],
    },
  ),
];
