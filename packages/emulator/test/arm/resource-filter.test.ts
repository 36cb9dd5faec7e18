import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { resourceFilter, tagFilter } from '../../src/arm/providers/resource-filter.js';
import { Refusal } from '../../src/http/answer.js';

const row = {
  name: 'ws1',
  location: 'westeurope',
  resourceType: 'Microsoft.MachineLearningServices/workspaces',
  resourceGroup: 'rg-ml',
  tags: { team: 'a or b', Cost: '1' },
};

describe('a filter', () => {
  test.each<[string | undefined, boolean]>([
    [undefined, true],
    [' ', true],
    ["resourceType eq 'microsoft.machinelearningservices/WORKSPACES'", true],
    ["resourceType eq 'Microsoft.Compute/virtualMachines'", false],
    ["name eq 'ws1' and location eq 'West Europe'", true],
    ["name eq 'ws1' and location eq 'eastus'", false],
    ["name eq 'x' or name eq 'ws1'", true],
    ["name eq 'x' OR name eq 'y'", false],
    ["name eq 'x' or name eq 'ws1' and resourceGroup eq 'RG-ML'", true],
    ["tagName eq 'team'", true],
    ["tagName eq 'TEAM' and tagValue eq 'a or b'", true],
    ["tagName eq 'team' and tagValue eq '1'", false],
    ["tagValue eq '1'", true],
  ])('%s: %s', (filter, expected) => {
    expect(resourceFilter(filter)(row)).toBe(expected);
  });

  test.each([
    "name ne 'x'",
    'name',
    "kind eq 'x'",
    "name eq 'x' or",
    "or name eq 'x'",
    "startswith(name,'a')",
  ])('%s is refused', (filter) => {
    expect(() => resourceFilter(filter)).toThrow(Refusal);
  });

  test('a filter of resource groups knows tags only', () => {
    expect(tagFilter("tagName eq 'team'")(row)).toBe(true);
    expect(() => tagFilter("name eq 'ws1'")).toThrow(Refusal);
  });

  test('any text is a filter or refused', () => {
    const piece = fc.constantFrom("name eq 'x'", ' or ', ' and ', "'", "tagName eq 'a''b'", 'x', ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        try {
          expect(typeof resourceFilter(pieces.join(''))(row)).toBe('boolean');
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });
});
