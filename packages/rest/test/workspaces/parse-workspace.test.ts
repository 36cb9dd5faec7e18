import { isAmlAuthError } from '@aml-auth/core';
import { parseWorkspace } from '@aml-auth/rest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const ID =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ws';
const MINIMAL = { id: ID, name: 'ws', properties: {} };

describe('parseWorkspace', () => {
  it('keeps fields that it does not know, at every level', () => {
    const input = {
      ...MINIMAL,
      newAtTop: { a: [1] },
      sku: { name: 'Basic', capacity: 3 },
      properties: { workspaceId: 'w', managedNetwork: { isolationMode: 'Disabled' } },
    };
    expect(parseWorkspace(input)).toEqual(input);
  });

  it('takes null as absent and missing properties as none', () => {
    const parsed = parseWorkspace({ id: ID, name: 'ws', location: null, identity: null, properties: null });
    expect(JSON.parse(JSON.stringify(parsed))).toEqual({ id: ID, name: 'ws', properties: {} });
  });

  it.each([
    ['systemAssigned', 'SystemAssigned'],
    ['systemassigned, userassigned', 'SystemAssigned,UserAssigned'],
    ['NONE', 'None'],
    ['SomethingNew', 'SomethingNew'],
  ])('spells the identity type %s as %s', (type, spelled) => {
    expect(parseWorkspace({ ...MINIMAL, identity: { type } }).identity?.type).toBe(spelled);
  });

  it('leaves out what is of another type, and tells it', () => {
    const told: string[] = [];
    const parsed = parseWorkspace(
      {
        ...MINIMAL,
        location: 7,
        properties: { hbiWorkspace: 'yes', friendlyName: 'W' },
        identity: { type: 'None', userAssignedIdentities: { '/a': { clientId: 1, principalId: 'p' } } },
      },
      (fields) => told.push(...fields),
    );
    expect(parsed).toEqual({
      ...MINIMAL,
      properties: { friendlyName: 'W' },
      identity: { type: 'None', userAssignedIdentities: { '/a': { principalId: 'p' } } },
    });
    expect(told.sort()).toEqual([
      'identity.userAssignedIdentities./a.clientId',
      'location',
      'properties.hbiWorkspace',
    ]);
  });

  it.each([undefined, null, 7, [], {}, { id: ID }, { id: 7, name: 'ws' }, { id: '', name: 'ws' }])(
    'refuses %j',
    (input) => {
      expect(() => parseWorkspace(input)).toThrow(
        expect.objectContaining({ code: 'AML_RESPONSE_INVALID' }) as Error,
      );
    },
  );

  it('does not let the input reach a prototype', () => {
    const parsed = parseWorkspace(
      JSON.parse(`{"id":"${ID}","name":"ws","properties":{"__proto__":{"evil":1}},"__proto__":{"evil":1}}`),
    );
    expect((parsed as unknown as { evil?: number }).evil).toBeUndefined();
    expect((parsed.properties as { evil?: number }).evil).toBeUndefined();
  });

  it('parses or throws AML_RESPONSE_INVALID, whatever comes', () => {
    const messy = fc.oneof(
      fc.anything(),
      fc.record(
        {
          id: fc.constantFrom<unknown>(ID, 7),
          name: fc.constantFrom<unknown>('ws', null),
          tags: fc.jsonValue(),
          identity: fc.jsonValue(),
          properties: fc.jsonValue(),
        },
        { requiredKeys: ['id', 'name'] },
      ),
    );
    fc.assert(
      fc.property(messy, (input) => {
        try {
          expect(parseWorkspace(input)).toMatchObject({ name: 'ws' });
        } catch (error) {
          expect(isAmlAuthError(error) && error.code === 'AML_RESPONSE_INVALID').toBe(true);
        }
      }),
    );
  });
});
