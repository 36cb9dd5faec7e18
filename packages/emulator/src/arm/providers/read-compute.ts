import { asText, isObject } from '../../core/json.js';
import type { Compute } from '../../core/resource-rows.js';
import type { ArmContext } from '../arm-context.js';
import { isAttachedKind, splitSecrets } from './attached-compute.js';
import { invalid } from './compute-invalid.js';

/** What a caller decides about a compute, beside its identities. */
export type RequestedCompute = Pick<
  Compute,
  | 'kind'
  | 'description'
  | 'disableLocalAuth'
  | 'settings'
  | 'assignedUserId'
  | 'sso'
  | 'resourceId'
  | 'sealed'
>;

type Json = Readonly<Record<string, unknown>>;

const KINDS: readonly Compute['kind'][] = [
  'AmlCompute',
  'ComputeInstance',
  'VirtualMachine',
  'HDInsight',
  'Databricks',
  'AKS',
  'Kubernetes',
];
/** Most nodes of a cluster. In Azure it is a matter of quota. */
const MOST_NODES = 1000;
const DEFAULT_SCALE = { minNodeCount: 0, maxNodeCount: 1, nodeIdleTimeBeforeScaleDown: 'PT120S' };

/**
 * Reads `properties` of a compute: what is new, over what there is.
 *
 * @throws a refusal: 400 `ValidationError`
 */
export function readCompute(
  context: ArmContext,
  body: Json,
  existing: Compute | undefined,
): RequestedCompute {
  const properties = objectAt(body['properties'], 'properties');
  const kind = readKind(properties['computeType'], existing);
  const given =
    properties['properties'] === undefined ? {} : objectAt(properties['properties'], 'properties.properties');
  const { personalComputeInstanceSettings: personal, enableSSO, ...own } = given;
  const { shown, secrets } = splitSecrets(kind, own);
  const settings = { ...existing?.settings, ...shown };
  const resourceId = asText(properties['resourceId']) ?? existing?.resourceId ?? null;
  const isAttached = isAttachedKind(kind);
  if (isAttached && resourceId === null) throw invalid("The property 'properties.resourceId' is required.");
  if (!isAttached && asText(settings['vmSize']) === undefined && existing === undefined) {
    throw invalid("The property 'properties.properties.vmSize' is required.");
  }
  return {
    kind,
    description: asText(properties['description']) ?? existing?.description ?? null,
    disableLocalAuth:
      typeof properties['disableLocalAuth'] === 'boolean'
        ? properties['disableLocalAuth']
        : (existing?.disableLocalAuth ?? true),
    settings: kind === 'AmlCompute' ? readCluster(settings) : settings,
    resourceId: isAttached ? resourceId : null,
    sealed: { ...existing?.sealed, ...sealAll(context, secrets) },
    assignedUserId: kind === 'ComputeInstance' ? readAssignedUser(context, personal, existing) : null,
    sso: kind === 'ComputeInstance' && (typeof enableSSO === 'boolean' ? enableSSO : (existing?.sso ?? true)),
  };
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= MOST_NODES;
}

/** `scaleSettings` of a cluster, checked. */
function readScale(value: unknown): Json {
  if (value === undefined || value === null) return DEFAULT_SCALE;
  const scale = { ...DEFAULT_SCALE, ...objectAt(value, 'properties.properties.scaleSettings') };
  const { minNodeCount: least, maxNodeCount: most } = scale;
  if (!isCount(least) || !isCount(most) || most < least) {
    throw invalid(
      `The scale settings are not valid: minNodeCount ${JSON.stringify(least)} and maxNodeCount ${JSON.stringify(most)} must be whole numbers from 0 to ${MOST_NODES}, the first not above the second.`,
    );
  }
  return scale;
}

/** The password of the administrator of the nodes is taken and never shown; nobody signs in there. */
function readCluster(settings: Json): Json {
  const credentials = settings['userAccountCredentials'];
  return {
    ...settings,
    scaleSettings: readScale(settings['scaleSettings']),
    ...(isObject(credentials)
      ? { userAccountCredentials: { adminUserName: asText(credentials['adminUserName']) ?? null } }
      : {}),
  };
}

function sealAll(
  { call }: ArmContext,
  secrets: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const { vault } = call.world;
  return Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, vault.seal(secret)]));
}

function readKind(value: unknown, existing: Compute | undefined): Compute['kind'] {
  const wanted = asText(value)?.toLowerCase() ?? existing?.kind.toLowerCase();
  const kind = KINDS.find((name) => name.toLowerCase() === wanted);
  if (kind === undefined) {
    throw invalid(
      `The compute type '${asText(value) ?? ''}' is not one that the emulator has: ${KINDS.join(', ')}.`,
    );
  }
  if (existing !== undefined && existing.kind !== kind) {
    throw invalid(`The compute '${existing.name}' is of type '${existing.kind}', which cannot be changed.`);
  }
  return kind;
}

/** Whom an instance is for: as said, else whoever makes it. A service principal has to say it. */
function readAssignedUser(
  { call, caller, tenantId }: ArmContext,
  personal: unknown,
  existing: Compute | undefined,
): string | null {
  const assigned = isObject(personal) ? personal['assignedUser'] : undefined;
  if (!isObject(assigned)) {
    return existing === undefined && caller.kind === 'User'
      ? caller.objectId
      : (existing?.assignedUserId ?? null);
  }
  const id = asText(assigned['objectId']) ?? '';
  const user = call.world.store.get('users', id);
  if (user?.tenantId === tenantId) return user.id;
  throw invalid(`The assigned user '${id}' is not in the tenant '${tenantId}'.`);
}

function objectAt(value: unknown, path: string): Json {
  if (isObject(value)) return value;
  throw invalid(`The property '${path}' is not an object.`);
}
