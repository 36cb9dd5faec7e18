import { resourceGroupId } from '../../../core/arm-ids.js';
import { isObject } from '../../../core/json.js';
import { putMachine, type VirtualMachine } from '../../../core/machine-rows.js';
import type { ArmContext } from '../../arm-context.js';
import { armRefusal } from '../../arm-refusal.js';
import { readProperties, readTags } from '../../read-json-object.js';
import { readIdentity } from '../read-identity.js';
import { readLocation } from '../read-location.js';
import { mergeIdentity, takeIdentity } from '../take-identity.js';

const NONE = { identityType: 'None', userAssigned: [] };
const NAME = /^[a-z\d](?:[\w.-]{0,62}[\w-])?$/i;

/** Reads the body of a PUT and writes the virtual machine. A body without `identity` leaves it as it is. */
export function createMachine(context: ArmContext, existing: VirtualMachine | undefined): VirtualMachine {
  const { call, path } = context;
  const name = existing?.name ?? path.names[0] ?? '';
  if (!NAME.test(name)) {
    const message = `The virtual machine name '${name}' is not valid: up to 64 letters, digits, '-', '_' and '.', the first one a letter or digit.`;
    throw armRefusal(400, 'InvalidParameter', message);
  }
  const body = context.body();
  const subscriptionId = existing?.subscriptionId ?? path.subscriptionId?.toLowerCase() ?? '';
  const resourceGroup = existing?.resourceGroup ?? path.resourceGroup ?? '';
  const id =
    existing?.id ??
    `${resourceGroupId(subscriptionId, resourceGroup)}/providers/Microsoft.Compute/virtualMachines/${name}`;
  const location = readLocation(body['location'], existing, context.path.type);
  const tags = readTags(body['tags']);
  const properties = readMachineProperties(body['properties']);
  if (existing === undefined) requireProfiles(properties);
  const before = existing?.identity;
  const wanted = body['identity'] === undefined ? undefined : readIdentity(body['identity']);
  const row: VirtualMachine = {
    id,
    subscriptionId,
    resourceGroup,
    name,
    location,
    tags,
    identity:
      wanted === undefined && before !== undefined
        ? before
        : takeIdentity(context, { id, displayName: name, before }, wanted ?? NONE),
    powerState: existing?.powerState ?? 'starting',
    properties: { ...existing?.properties, ...properties },
    createdAt: existing?.createdAt ?? call.world.clock.now(),
  };
  putMachine(call.world.store, row);
  return row;
}

/** Reads the body of a PATCH and writes the virtual machine. */
export function updateMachine(context: ArmContext, existing: VirtualMachine): VirtualMachine {
  const body = context.body();
  const { id, name, identity: before } = existing;
  const tags = body['tags'] === undefined ? existing.tags : readTags(body['tags']);
  const properties = { ...existing.properties, ...readMachineProperties(body['properties']) };
  const identity =
    body['identity'] === undefined
      ? before
      : takeIdentity(context, { id, displayName: name, before }, mergeIdentity(before, body['identity']));
  const row: VirtualMachine = { ...existing, tags, properties, identity };
  putMachine(context.call.world.store, row);
  return row;
}

/** What the service decides itself cannot be set, and what is secret is not kept. */
function readMachineProperties(value: unknown): Readonly<Record<string, unknown>> {
  const { provisioningState: _, vmId: __, timeCreated: ___, osProfile, ...rest } = readProperties(value);
  if (!isObject(osProfile)) return rest;
  const { adminPassword: _password, customData: _data, secrets: _secrets, ...kept } = osProfile;
  return { ...rest, osProfile: kept };
}

function requireProfiles(properties: Readonly<Record<string, unknown>>): void {
  for (const name of ['storageProfile', 'networkProfile']) {
    if (isObject(properties[name])) continue;
    throw armRefusal(400, 'InvalidParameter', `Required parameter '${name}' is missing (null).`);
  }
}
