import { isAddressRange } from '../../core/address-ranges.js';
import { isObject } from '../../core/json.js';
import type { NamedLocation } from '../../core/policy-rows.js';
import { randomGuid } from '../../core/random.js';
import { emptyAnswer } from '../../http/answer.js';
import { checkId } from '../find-row.js';
import { entityAnswer, listAnswer } from '../graph-answer.js';
import type { GraphContext, GraphRoutes } from '../graph-context.js';
import { badRequest, objectNotFound } from '../graph-refusal.js';
import { invalidValue, requiredText, type GraphBody } from '../read-graph-body.js';
import { isoTime } from '../iso-time.js';

const PATH = 'identity/conditionalAccess/namedLocations';
const IP_LOCATION = '#microsoft.graph.ipNamedLocation';

/** The places of Conditional Access, by addresses. What is written counts at once. */
export const namedLocationRoutes: GraphRoutes = {
  [`GET ${PATH}`]: {
    operation: 'policy.read',
    handler(context) {
      const rows = context.call.world.store.list('namedLocations');
      const here = rows.filter(({ tenantId }) => tenantId === context.tenantId);
      return listAnswer(context, PATH, here.map(present));
    },
  },
  [`GET ${PATH}/{}`]: {
    operation: 'policy.read',
    handler: (context) => entityAnswer(context, 200, PATH, present(find(context))),
  },
  [`POST ${PATH}`]: { operation: 'policy.write', handler: create },
  [`PATCH ${PATH}/{}`]: {
    operation: 'policy.write',
    handler(context) {
      const row = find(context);
      const { clock, store } = context.call.world;
      const changed = readLocation(context.body(), row);
      store.put('namedLocations', row.id, { ...row, ...changed, modifiedAt: clock.now() });
      return emptyAnswer(204);
    },
  },
  [`DELETE ${PATH}/{}`]: {
    operation: 'policy.write',
    handler(context) {
      context.call.world.store.remove('namedLocations', find(context).id);
      return emptyAnswer(204);
    },
  },
};

function create(context: GraphContext): Response {
  const { call, tenantId } = context;
  const { store, clock, random } = call.world;
  const id = randomGuid(random);
  const times = { createdAt: clock.now(), modifiedAt: null };
  const row = { id, tenantId, ...times, ...readLocation(context.body(), undefined) };
  store.put('namedLocations', id, row);
  return entityAnswer(context, 201, PATH, present(row));
}

function readLocation(
  body: GraphBody,
  before: NamedLocation | undefined,
): Pick<NamedLocation, 'displayName' | 'ranges' | 'isTrusted'> {
  if (body['@odata.type'] !== IP_LOCATION) {
    throw badRequest(
      `The emulator has named locations by address only: '@odata.type' must be ${IP_LOCATION}.`,
    );
  }
  const { isTrusted = before?.isTrusted ?? false } = body;
  if (typeof isTrusted !== 'boolean') throw invalidValue('isTrusted');
  const isNew = before === undefined;
  return {
    displayName: isNew || 'displayName' in body ? requiredText(body, 'displayName', 256) : before.displayName,
    ranges: isNew || 'ipRanges' in body ? readRanges(body['ipRanges']) : before.ranges,
    isTrusted,
  };
}

function readRanges(ranges: unknown): readonly string[] {
  if (!Array.isArray(ranges) || ranges.length === 0) throw invalidValue('ipRanges');
  return ranges.map((range: unknown) => {
    const address = isObject(range) ? range['cidrAddress'] : undefined;
    if (typeof address !== 'string' || !isAddressRange(address)) throw invalidValue('ipRanges');
    return address;
  });
}

function find({ call, ids, tenantId }: GraphContext): NamedLocation {
  const id = checkId(ids[0] ?? '');
  const row = call.world.store.get('namedLocations', id);
  if (row?.tenantId !== tenantId) throw objectNotFound(id);
  return row;
}

function present({ id, displayName, ranges, isTrusted, createdAt, modifiedAt }: NamedLocation): GraphBody {
  return {
    '@odata.type': IP_LOCATION,
    id,
    displayName,
    createdDateTime: isoTime(createdAt),
    modifiedDateTime: isoTime(modifiedAt ?? createdAt),
    isTrusted,
    ipRanges: ranges.map((cidrAddress) => ({
      '@odata.type': `#microsoft.graph.${cidrAddress.includes(':') ? 'iPv6CidrRange' : 'iPv4CidrRange'}`,
      cidrAddress,
    })),
  };
}
