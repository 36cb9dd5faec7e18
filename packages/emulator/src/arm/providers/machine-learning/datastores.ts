import { MACHINE_LEARNING } from '../../../core/arm-ids.js';
import { asText, isObject } from '../../../core/json.js';
import type { Workspace } from '../../../core/resource-rows.js';
import { seedStamp, type WorkspaceResource } from '../../../core/workspace-resource-rows.js';
import { jsonAnswer } from '../../../http/answer.js';
import { queryValue, type Call } from '../../../http/call.js';
import type { ArmContext, ArmType } from '../../arm-context.js';
import {
  findResource,
  genericResource,
  type ReadResource,
  type ResourceDescription,
} from './generic-resource.js';
import { linkedResource } from './linked-resource.js';
import { mfeInvalid } from './mfe-refusal.js';
import type { Properties } from './read-properties.js';
import { placeOf } from './resource-place.js';
import { storageKey } from './storage-key.js';

/** Type → properties that a datastore of that type must have. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  AzureBlob: [],
  AzureFile: ['accountName', 'fileShareName'],
  AzureDataLakeGen1: ['storeName'],
  AzureDataLakeGen2: ['accountName', 'filesystem'],
  OneLake: ['artifact', 'oneLakeWorkspaceName'],
};

/** Kind of credentials → name of the secret in them. */
const SECRETS: Readonly<Record<string, string | undefined>> = {
  AccountKey: 'key',
  Sas: 'sasToken',
  ServicePrincipal: 'clientSecret',
  Certificate: 'certificate',
  None: undefined,
};

/** The datastores that every workspace has: name → type and where in the storage account. */
const OWN: Readonly<Record<string, Properties>> = {
  workspaceblobstore: { datastoreType: 'AzureBlob', containerName: 'azureml-blobstore', isDefault: true },
  workspaceartifactstore: { datastoreType: 'AzureBlob', containerName: 'azureml', isDefault: false },
  workspacefilestore: { datastoreType: 'AzureFile', fileShareName: 'azureml-filestore', isDefault: false },
  workspaceworkingdirectory: { datastoreType: 'AzureFile', fileShareName: 'code', isDefault: false },
};

const DATASTORE: ResourceDescription = {
  path: 'datastores',
  noun: 'Datastore',
  name: /^[a-z\d][\w-]{0,254}$/i,
  required: ['datastoreType', 'credentials'],
  created: 201,
  read: (properties) => readDatastore(properties),
  added: ({ properties }) => ({ isDefault: properties['isDefault'] ?? false }),
  implied: (context) => ownDatastores(context.call, placeOf(context).workspace),
  filter: (rows, { call }) => {
    const type = queryValue(call, 'datastoreType')?.toLowerCase();
    const onlyDefault = queryValue(call, 'isDefault')?.toLowerCase();
    return rows
      .filter(
        ({ properties }) => type === undefined || asText(properties['datastoreType'])?.toLowerCase() === type,
      )
      .filter(
        ({ properties }) =>
          onlyDefault === undefined || String(properties['isDefault'] === true) === onlyDefault,
      );
  },
};

/** `…/workspaces/{workspace}/datastores`. Secrets go in with a PUT and come out with `listSecrets` only. */
export const datastores: ArmType = {
  ...genericResource(DATASTORE),
  actions: { listSecrets },
};

function listSecrets(context: ArmContext): Response {
  const row = findResource(context, DATASTORE);
  const credentials = row.properties['credentials'];
  const secretsType = (isObject(credentials) ? asText(credentials['credentialsType']) : undefined) ?? 'None';
  const name = SECRETS[secretsType];
  if (name === undefined) return jsonAnswer(200, { secretsType });
  const sealed = row.sealed[name];
  const secret = sealed === undefined ? null : (context.call.world.vault.open(sealed) ?? null);
  return jsonAnswer(200, { secretsType, [name]: secret });
}

function readDatastore(given: Properties): ReadResource {
  const { credentials, ...properties } = given;
  const datastoreType = spelled(TYPES, given['datastoreType'], 'datastoreType');
  const missing = TYPES[datastoreType]?.find((name) => asText(given[name]) === undefined);
  if (missing !== undefined) throw mfeInvalid(`The request is invalid: properties.${missing} is required.`);
  if (!isObject(credentials))
    throw mfeInvalid('The request is invalid: properties.credentials is not an object.');
  const { secrets, ...shown } = credentials;
  const credentialsType = spelled(SECRETS, credentials['credentialsType'], 'credentials.credentialsType');
  const name = SECRETS[credentialsType];
  const secret = name === undefined || !isObject(secrets) ? undefined : asText(secrets[name]);
  if (name !== undefined && secret === undefined) {
    throw mfeInvalid(`The request is invalid: properties.credentials.secrets.${name} is required.`);
  }
  return {
    properties: {
      ...properties,
      datastoreType,
      // Who makes a datastore does not make it the default.
      isDefault: false,
      credentials: { ...shown, credentialsType },
    },
    secrets: name === undefined || secret === undefined ? {} : { [name]: secret },
  };
}

function spelled(table: Readonly<Record<string, unknown>>, value: unknown, path: string): string {
  const wanted = asText(value)?.toLowerCase();
  const found = Object.keys(table).find((key) => key.toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw mfeInvalid(
    `The request is invalid: properties.${path} is not one of ${Object.keys(table).join(', ')}.`,
  );
}

/** Those that a workspace has from the start, in its storage account. */
function ownDatastores(call: Call, workspace: Workspace): readonly WorkspaceResource[] {
  const account = linkedResource(workspace, 'storageAccount') ?? '';
  return Object.entries(OWN).map(([name, properties]) => ({
    ...seedStamp(workspace.createdAt),
    id: `${workspace.id}/datastores/${name}`,
    type: `${MACHINE_LEARNING}/workspaces/datastores`,
    name,
    parentId: workspace.id,
    location: null,
    kind: null,
    tags: {},
    identity: null,
    properties: {
      description: null,
      tags: {},
      properties: null,
      accountName: account.split('/').at(-1) ?? '',
      endpoint: 'core.windows.net',
      protocol: 'https',
      ...properties,
      credentials: { credentialsType: 'AccountKey' },
    },
    sealed: { key: call.world.vault.seal(storageKey(call, account)) },
    timeline: [],
  }));
}
