import { asText, isObject } from '../../../core/json.js';
import { jsonAnswer } from '../../../http/answer.js';
import { queryValue } from '../../../http/call.js';
import type { ArmContext, ArmType } from '../../arm-context.js';
import {
  findResource,
  genericResource,
  presentResource,
  type ReadResource,
  type ResourceDescription,
} from './generic-resource.js';
import type { Properties } from './read-properties.js';

const CONNECTION: ResourceDescription = {
  path: 'connections',
  noun: 'Connection',
  name: /^[a-z\d][\w-]{2,32}$/i,
  required: ['authType', 'category', 'target'],
  created: 200,
  read: readConnection,
  added: ({ properties }) =>
    properties['authType'] === 'None'
      ? {}
      : { credentials: null, isSharedToAll: properties['isSharedToAll'] ?? false },
  filter(rows, { call }) {
    const wanted = ['category', 'target'].map(
      (name) => [name, queryValue(call, name)?.toLowerCase()] as const,
    );
    return rows.filter(({ properties }) =>
      wanted.every(
        ([name, value]) => value === undefined || asText(properties[name])?.toLowerCase() === value,
      ),
    );
  },
};

/** `…/workspaces/{workspace}/connections`. Credentials go in with a PUT and come out with `listSecrets` only. */
export const connections: ArmType = {
  ...genericResource(CONNECTION),
  actions: { listSecrets },
};

function listSecrets(context: ArmContext): Response {
  const row = findResource(context, CONNECTION);
  const secrets = Object.entries(row.sealed).map(([name, sealed]) => {
    const text = context.call.world.vault.open(sealed);
    return [name, text === undefined ? null : (JSON.parse(text) as unknown)];
  });
  const body = presentResource(row, Object.fromEntries(secrets) as Properties);
  return jsonAnswer(200, body, { 'cache-control': 'no-store' });
}

/** Newer versions have `credentials`, 2022-10-01 has the one text `value`. */
function readConnection(given: Properties): ReadResource {
  const { credentials, value, ...properties } = given;
  const secrets: Record<string, string> = {};
  if (isObject(credentials)) secrets['credentials'] = JSON.stringify(credentials);
  if (asText(value) !== undefined) secrets['value'] = JSON.stringify(value);
  return { properties, secrets };
}
