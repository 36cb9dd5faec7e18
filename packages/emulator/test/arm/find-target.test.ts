import { describe, expect, test } from 'vitest';

import type { ArmHandler, ArmType } from '../../src/arm/arm-context.js';
import { MACHINE_LEARNING_VERSIONS } from '../../src/arm/api-versions.js';
import { findTarget } from '../../src/arm/find-target.js';
import { parseArmPath } from '../../src/arm/parse-arm-path.js';

const done: ArmHandler = () => new Response(null);
const things: ArmType = {
  type: 'Microsoft.Test/things',
  apiVersions: MACHINE_LEARNING_VERSIONS,
  list: { rule: 'enforced', handler: done },
  get: done,
  actions: { listKeys: done },
};
const GROUP = '/subscriptions/s/resourceGroups/g';

function find(method: string, path: string) {
  const segments = path.split('/').filter(Boolean);
  return findTarget([things], method, segments, parseArmPath(segments));
}

describe('an action', () => {
  test('is found in any case, and handles the path of its resource', () => {
    const target = find('POST', `${GROUP}/providers/microsoft.test/THINGS/a/listkeys`);
    expect(target.type).toBe(things);
    expect(target.path).toMatchObject({
      type: 'Microsoft.Test/things/listKeys',
      scope: `${GROUP}/providers/microsoft.test/THINGS/a`,
      isCollection: true,
    });
    expect(target.action?.path).toMatchObject({
      id: `${GROUP}/providers/microsoft.test/THINGS/a`,
      type: 'Microsoft.Test/things',
      names: ['a'],
      isCollection: false,
    });
  });

  test.each([
    ['POST', `${GROUP}/providers/Microsoft.Test/things/a/toString`],
    ['POST', `${GROUP}/providers/Microsoft.Test/things/a/listSecrets`],
    ['GET', `${GROUP}/providers/Microsoft.Test/things/a/listKeys`],
    ['POST', `${GROUP}/providers/Microsoft.Test/others/a/listKeys`],
  ])('%s %s is none', (method, path) => {
    expect(find(method, path)).toMatchObject({ type: undefined });
    expect(find(method, path).action).toBeUndefined();
  });

  test('has no name without a resource', () => {
    expect(find('POST', `${GROUP}/providers/Microsoft.Test/things`).action).toBeUndefined();
  });
});

test('a resource and a list have the type in its own spelling', () => {
  expect(find('GET', `${GROUP}/providers/MICROSOFT.TEST/things`).path.type).toBe('Microsoft.Test/things');
  expect(find('PUT', `${GROUP}/providers/microsoft.test/Things/a`).type).toBe(things);
});
