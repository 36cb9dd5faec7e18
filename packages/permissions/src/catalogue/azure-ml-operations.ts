import { AZURE_ML_OPERATION_TABLE } from './azure-ml-operation-table.js';

const NAMESPACE = 'Microsoft.MachineLearningServices';

/** An operation that roles can allow, with what it gives away beyond its name. */
export interface AzureMlOperation {
  /** Such as `Microsoft.MachineLearningServices/workspaces/listKeys/action`. */
  readonly name: string;
  /** Below the namespace, such as `workspaces/computes`; empty for the provider itself. */
  readonly resourceType: string;
  /** `read`, `write`, `delete`, or an action such as `listKeys/action`. */
  readonly verb: string;
  /** It shows, makes or changes keys, tokens or stored secrets. Three of these end in `read`, so Reader has them. */
  readonly isSecret: boolean;
  /** Who has it can have code of their own run in the cloud. */
  readonly runsCode: boolean;
  /** Who has it can act as a managed identity: that of the compute or endpoint that runs the code. */
  readonly handsOverIdentity: boolean;
}

/** Secret-bearing, below the namespace, in lower case. */
const SECRET = lines(`
  workspaces/listkeys/action
  workspaces/resynckeys/action
  workspaces/liststorageaccountkeys/action
  workspaces/batchendpoints/listkeys/action
  workspaces/computes/listkeys/action
  workspaces/endpoints/listkeys/action
  workspaces/onlineendpoints/listkeys/action
  workspaces/serverlessendpoints/listkeys/action
  workspaces/services/aci/listkeys/action
  workspaces/services/aks/listkeys/action
  workspaces/onlineendpoints/token/action
  workspaces/onlineendpoints/regeneratekeys/action
  workspaces/serverlessendpoints/regeneratekeys/action
  workspaces/connections/listsecrets/action
  workspaces/datastores/listsecrets/action
  workspaces/environments/readsecrets/action
  workspaces/listnotebookaccesstoken/read
  workspaces/listnotebookkeys/read
  workspaces/metadata/secrets/read
  workspaces/metadata/secrets/write
  workspaces/metadata/secrets/delete`);

/** Code runs as the identity of a compute or of an endpoint. */
const AS_IDENTITY = lines(`
  workspaces/jobs/write
  workspaces/experiments/runs/submit/action
  workspaces/computes/write
  workspaces/computes/applicationaccess/action
  workspaces/notebooks/vm/write
  workspaces/schedules/write
  workspaces/batchendpoints/jobs/write
  workspaces/batchendpoints/deployments/jobs/write
  workspaces/onlineendpoints/deployments/write
  virtualclusters/jobs/submit/action`);

/** Code runs while an image is built, which is not the caller's choice of identity. */
const BUILDS = 'workspaces/environments/build/action';

/** The 289 operations of Azure Machine Learning that Microsoft published in spring 2024. Later ones are missing. */
export const azureMlOperations: readonly AzureMlOperation[] = AZURE_ML_OPERATION_TABLE.trim()
  .split('\n')
  .flatMap((line) => {
    const [resource = '', verbs = ''] = line.trim().split(': ');
    return verbs.split(' ').map((verb) => operation(resource === '.' ? '' : resource, verb));
  });

function operation(resourceType: string, verb: string): AzureMlOperation {
  const path = [resourceType, verb].filter((part) => part !== '').join('/');
  const key = path.toLowerCase();
  const handsOverIdentity = AS_IDENTITY.has(key);
  return {
    name: `${NAMESPACE}/${path}`,
    resourceType,
    verb,
    isSecret: SECRET.has(key),
    runsCode: handsOverIdentity || key === BUILDS,
    handsOverIdentity,
  };
}

function lines(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
