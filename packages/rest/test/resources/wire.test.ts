import { describe, expect, it } from 'vitest';
import {
  LOCATION_ACTIONS,
  RESOURCE_GROUP_TYPES,
  SUBSCRIPTION_ACTIONS,
} from '../../src/resources/resource-table.js';
import type { ResourceTypes } from '../../src/resources/resource-type.js';
import { sentByThem, sentByUs } from './wire.js';
import { NEWER } from './newer-rows.js';
import { PUBLISHED } from './wire-rows.js';

/** Every call of the table: `computes.start`, `registry.models.versions.get`. */
function callsOf(types: ResourceTypes, before = ''): string[] {
  return Object.entries(types).flatMap(([name, { calls, actions, children }]) => {
    const id = `${before}${name}`;
    const inside = name === 'workspaces' ? '' : name === 'registries' ? 'registry.' : `${id}.`;
    return [
      ...[...Object.keys(calls), ...Object.keys(actions)].map((call) => `${id}.${call}`),
      ...callsOf(children, inside),
    ];
  });
}

describe('a call of the table of resource types', () => {
  it('has a row here, whichever it is', () => {
    const { workspaces, registries } = RESOURCE_GROUP_TYPES;
    const calls = [
      ...callsOf({ workspaces, registries }),
      ...Object.keys(LOCATION_ACTIONS).map((call) => `location.${call}`),
      ...Object.keys(SUBSCRIPTION_ACTIONS).map((call) => `subscription.${call}`),
    ];
    expect(Object.keys({ ...PUBLISHED, ...NEWER }).sort()).toEqual(calls.sort());
  });

  it.each(Object.entries(PUBLISHED))('%s sends what @azure/arm-machinelearning sends', async (_name, row) => {
    const ours = await sentByUs(row.ours);
    expect(ours).toEqual(await sentByThem(row.theirs));
    expect(ours).toHaveLength(1);
  });

  it.each(Object.entries(NEWER))('%s sends what the specification says', async (_name, { ours, wire }) => {
    expect(await sentByUs(ours)).toEqual([{ query: {}, body: null, ...wire }]);
  });
});
