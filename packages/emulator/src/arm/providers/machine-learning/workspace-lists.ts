import { MACHINE_LEARNING } from '../../../core/arm-ids.js';
import { jsonAnswer } from '../../../http/answer.js';
import { MACHINE_LEARNING_VERSIONS } from '../../api-versions.js';
import type { ArmContext, ArmType } from '../../arm-context.js';
import { listAnswer } from '../../list-answer.js';
import { placeOf } from './resource-place.js';
import type { Properties } from './read-properties.js';

const HTTPS = [{ port: 443 }];

/** What every workspace says of itself in a list that nobody writes. */
export const workspaceLists: readonly ArmType[] = [
  listOf('outboundNetworkDependenciesEndpoints', (context) => [
    dependency('Azure Active Directory', ['login.microsoftonline.com']),
    dependency('Azure portal', ['management.azure.com']),
    dependency('Azure Machine Learning', [
      'ml.azure.com',
      `${placeOf(context).workspace.location}.api.azureml.ms`,
    ]),
    dependency('Azure Storage', ['*.blob.core.windows.net', '*.file.core.windows.net']),
  ]),
  listOf(
    'features',
    () => [
      {
        id: 'azureml.online-endpoints',
        displayName: 'Online endpoints',
        description: 'Managed online endpoints',
      },
    ],
    true,
  ),
  listOf('privateLinkResources', (context) => [privateLink(placeOf(context).workspace.id)]),
  listOf('privateEndpointConnections', () => []),
];

/** One that comes in pages, or one that does not: clients read no further than the first answer of such a list. */
function listOf(name: string, items: (context: ArmContext) => readonly Properties[], paged = false): ArmType {
  return {
    type: `${MACHINE_LEARNING}/workspaces/${name}`,
    apiVersions: MACHINE_LEARNING_VERSIONS,
    list: {
      rule: 'enforced',
      handler: (context) =>
        paged
          ? listAnswer(context.call, items(context), '$skip')
          : jsonAnswer(200, { value: items(context) }),
    },
  };
}

function dependency(category: string, domains: readonly string[]): Properties {
  const endpoints = domains.map((domainName) => ({ domainName, endpointDetails: HTTPS }));
  return { properties: { category, endpoints } };
}

function privateLink(workspace: string): Properties {
  return {
    id: `${workspace}/privateLinkResources/amlworkspace`,
    name: 'amlworkspace',
    type: `${MACHINE_LEARNING}/workspaces/privateLinkResources`,
    properties: {
      groupId: 'amlworkspace',
      requiredMembers: ['default'],
      requiredZoneNames: ['privatelink.api.azureml.ms', 'privatelink.notebooks.azure.net'],
    },
  };
}
