import { MACHINE_LEARNING } from '../../../core/arm-ids.js';
import { asText } from '../../../core/json.js';
import type { Compute } from '../../../core/resource-rows.js';
import { jsonAnswer } from '../../../http/answer.js';
import { MACHINE_LEARNING_VERSIONS } from '../../api-versions.js';
import type { ArmContext, ArmType } from '../../arm-context.js';
import { listAnswer } from '../../list-answer.js';
import { listNodes } from '../list-nodes.js';
import { normalizeLocation } from '../normalize-location.js';
import type { Properties } from './read-properties.js';
import { FAMILY_LIMIT, VM_SIZES } from './vm-sizes.js';

const FAMILIES = [...new Set(VM_SIZES.map(({ family }) => family))];

/** What a region has for a subscription: `…/locations/{location}/quotas`, `usages` and `vmSizes`. */
export const locationTypes: readonly ArmType[] = [
  listOf('quotas', (context) => FAMILIES.map((family) => quota(context, family))),
  listOf('usages', (context) => FAMILIES.map((family) => usage(context, family))),
  {
    type: `${MACHINE_LEARNING}/locations/vmSizes`,
    apiVersions: MACHINE_LEARNING_VERSIONS,
    list: { rule: 'enforced', handler: () => jsonAnswer(200, { value: VM_SIZES.map(presentSize) }) },
  },
];

function listOf(name: string, items: (context: ArmContext) => readonly Properties[]): ArmType {
  return {
    type: `${MACHINE_LEARNING}/locations/${name}`,
    apiVersions: MACHINE_LEARNING_VERSIONS,
    list: {
      rule: 'enforced',
      handler: (context) => listAnswer(context.call, items(context), '$skip'),
    },
  };
}

function quota(context: ArmContext, family: string): Properties {
  return { ...measure(context, 'quotas', family), limit: FAMILY_LIMIT };
}

function usage(context: ArmContext, family: string): Properties {
  return { ...measure(context, 'usages', family), currentValue: used(context, family), limit: FAMILY_LIMIT };
}

function measure({ path }: ArmContext, what: string, family: string): Properties {
  return {
    id: `${path.scope}/${what}/${family}`,
    amlWorkspaceLocation: locationOf(path.names),
    type: `${MACHINE_LEARNING}/vmFamily/dedicatedCores/${what}`,
    name: { value: family, localizedValue: `${family} Cluster Dedicated vCPUs` },
    unit: 'Count',
  };
}

/** The vCPUs of nodes and instances that are on, as far as their size is known. */
function used({ call, path }: ArmContext, family: string): number {
  const { clock, store } = call.world;
  const location = locationOf(path.names);
  const subscription = `/subscriptions/${path.subscriptionId?.toLowerCase() ?? ''}/`;
  return store
    .list('computes')
    .filter((row) => row.location === location && row.id.toLowerCase().startsWith(subscription))
    .map((row) => {
      const size = asText(row.settings['vmSize'])?.toLowerCase() ?? 'standard_ds3_v2';
      const known = VM_SIZES.find(({ name }) => name.toLowerCase() === size);
      const machines = machinesOf(row, listNodes(store, row, clock.now()).length);
      return known?.family === family ? known.vCPUs * machines : 0;
    })
    .reduce((sum, count) => sum + count, 0);
}

/** Attached computes are not counted: they use the quota of somebody else. */
function machinesOf(row: Compute, nodes: number): number {
  if (row.kind === 'AmlCompute') return nodes;
  return row.kind === 'ComputeInstance' && row.power === 'Running' ? 1 : 0;
}

function locationOf(names: readonly string[]): string {
  return normalizeLocation(names[0]) ?? '';
}

function presentSize(size: (typeof VM_SIZES)[number]): Properties {
  return {
    ...size,
    osVhdSizeMB: 1_047_552,
    maxResourceVolumeMB: size.memoryGB * 2048,
    lowPriorityCapable: true,
    premiumIO: true,
    supportedComputeTypes: ['AmlCompute', 'ComputeInstance'],
  };
}
