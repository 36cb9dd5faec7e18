import {
  evaluateCondition,
  parseCondition,
  printCondition,
  type AccessAttributes,
  type ConditionFacts,
} from '@aml-auth/permissions';
import { describe, expect, it, vi } from 'vitest';

const truthOf = (text: string, facts: ConditionFacts = {}) =>
  evaluateCondition(parseCondition(text), facts).truth;

/** Microsoft Learn, "Azure role assignment condition format and syntax", operator examples. */
const DOCUMENTED: readonly (readonly [text: string, facts: ConditionFacts, truth: boolean])[] = [
  [
    "ActionMatches{'Microsoft.Authorization/roleAssignments/*'}",
    { action: 'Microsoft.Authorization/roleAssignments/write' },
    true,
  ],
  [
    "ActionMatches{'Microsoft.Authorization/roleDefinitions/*'}",
    { action: 'Microsoft.Authorization/roleAssignments/write' },
    false,
  ],
  ["Resource[name1] StringLike 'a*c?'", { attributes: { resource: { name1: 'abcd' } } }, true],
  ["Resource[name1] StringLike 'A*C?'", { attributes: { resource: { name1: 'abcd' } } }, false],
  ["Resource[name1] StringLike 'a*c'", { attributes: { resource: { name1: 'abcd' } } }, false],
  ["{'red', 'blue'} ForAnyOfAnyValues:StringEquals {'blue', 'green'}", {}, true],
  ["{'red', 'blue'} ForAnyOfAnyValues:StringEquals {'orange', 'green'}", {}, false],
  ["{'red', 'blue'} ForAllOfAnyValues:StringEquals {'orange', 'red', 'blue'}", {}, true],
  ["{'red', 'blue'} ForAllOfAnyValues:StringEquals {'red', 'green'}", {}, false],
  ['{10, 20} ForAnyOfAllValues:NumericLessThan {15, 18}', {}, true],
  ['{10, 20} ForAllOfAllValues:NumericLessThan {5, 15, 18}', {}, false],
  ['{10, 20} ForAllOfAllValues:NumericLessThan {25, 30}', {}, true],
  ['{10, 20} ForAllOfAllValues:NumericLessThan {15, 25, 30}', {}, false],
  ['{10, 20} ForAnyOfAnyValues:NumericLessThan {15, 18}', {}, true],
];

describe('evaluateCondition', () => {
  it.each(DOCUMENTED)('documented: %s', (text, facts, truth) => {
    expect(truthOf(text, facts)).toBe(truth);
  });

  it.each<[string, boolean]>([
    ["'a' StringEquals 'A'", false],
    ["'a' StringEqualsIgnoreCase 'A'", true],
    ["'a' StringNotEquals 'A'", true],
    ["'a' StringNotEqualsIgnoreCase 'A'", false],
    ["'abc' StringStartsWith 'ab'", true],
    ["'abc' StringStartsWith 'AB'", false],
    ["'abc' StringStartsWithIgnoreCase 'AB'", true],
    ["'abc' StringNotStartsWith 'ab'", false],
    ["'abc' StringNotStartsWithIgnoreCase 'AB'", false],
    ["'abc' StringLikeIgnoreCase 'A?C'", true],
    ["'abc' StringNotLike 'a*'", false],
    ["'abc' StringNotLikeIgnoreCase 'B*'", true],
    ["'a*' StringLike 'a\\*'", true],
    ["'ab' StringLike 'a\\*'", false],
    ["'a?' StringLike 'a\\?'", true],
    ["'' StringLike '*'", true],
    ["'' StringLike '?'", false],
    ['1 NumericEquals 1', true],
    ['1 NumericNotEquals 1', false],
    ['1 NumericLessThanEquals 1', true],
    ['1 NumericGreaterThan 1', false],
    ['2 NumericGreaterThan 1', true],
    ['1 NumericGreaterThanEquals 1', true],
    ["'2026-01-01T00:00:00Z' DateTimeEquals '2026-01-01T01:00:00+01:00'", true],
    ["'2026-01-01T00:00:00' DateTimeEquals '2026-01-01'", true],
    ["'2026-01-01' DateTimeNotEquals '2026-01-02'", true],
    ["'2026-01-01' DateTimeLessThan '2026-01-02'", true],
    ["'2026-01-02' DateTimeLessThanEquals '2026-01-02'", true],
    ["'2026-01-02' DateTimeGreaterThan '2026-01-02'", false],
    ["'2026-01-02' DateTimeGreaterThanEquals '2026-01-02'", true],
    ['true BoolEquals true', true],
    ["'True' BoolEquals true", true],
    ['true BoolNotEquals true', false],
    ['8b9dfcab4b774632a6df94bd07820648 GuidEquals 8B9DFCAB-4B77-4632-A6DF-94BD07820648', true],
    ['8b9dfcab4b774632a6df94bd07820648 GuidNotEquals 8b9dfcab4b774632a6df94bd07820649', true],
  ])('%s is %s', (text, truth) => {
    expect(truthOf(text)).toBe(truth);
  });

  it('takes times without a zone as UTC, wherever it runs', () => {
    vi.stubEnv('TZ', 'America/New_York');
    try {
      expect(new Date(0).getTimezoneOffset()).not.toBe(0);
      expect(truthOf("'2026-01-01T00:00:00' DateTimeEquals '2026-01-01T00:00:00Z'")).toBe(true);
      expect(truthOf("'2026-01-01t00:00:00' DateTimeEquals '2026-01-01T00:00:00z'")).toBe(true);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it.each<[what: string, text: string, attributes: AccessAttributes]>([
    ['an attribute that is not known', "@Request[a:b] StringEquals 'x'", {}],
    ['one of another source', "@Request[a:b] StringEquals 'x'", { resource: { 'a:b': 'x' } }],
    ['one that is known not to be there', "@Request[a:b] StringEquals 'x'", { request: { 'a:b': null } }],
    ['a value of another type', '@Request[a:b] NumericEquals 1', { request: { 'a:b': '1' } }],
    [
      'a text that is no GUID',
      '@Request[a:b] GuidNotEquals 8b9dfcab4b774632a6df94bd07820648',
      { request: { 'a:b': 'x' } },
    ],
    ['a text that is no time', "@Request[a:b] DateTimeLessThan '2026-01-01'", { request: { 'a:b': 'soon' } }],
    [
      'a day that the month does not have',
      "@Request[a:b] DateTimeLessThan '2026-01-01'",
      { request: { 'a:b': '2026-02-31T10:00:00Z' } },
    ],
    [
      'several values without a quantifier',
      "@Request[a:b] StringEquals 'x'",
      { request: { 'a:b': ['x', 'y'] } },
    ],
    ['no values without a quantifier', "@Request[a:b] StringEquals 'x'", { request: { 'a:b': [] } }],
  ])('%s leaves it unknown', (_, text, attributes) => {
    expect(truthOf(text, { attributes })).toBe('unknown');
    expect(truthOf(`!(${text})`, { attributes })).toBe('unknown');
  });

  it('finds attributes in any case, and one value as a list of one', () => {
    const attributes = { request: { 'MICROSOFT.A/b:C': 'x' } };
    expect(truthOf("@Request[microsoft.a/b:c] ForAnyOfAnyValues:StringEquals {'x'}", { attributes })).toBe(
      true,
    );
  });

  it('knows what exists only where it is told', () => {
    expect(truthOf('Exists @Request[a:b]')).toBe('unknown');
    expect(truthOf('Exists @Request[a:b]', { attributes: { request: { 'a:b': null } } })).toBe(false);
    expect(truthOf('Exists @Request[a:b]', { attributes: { request: { 'a:b': 'x' } } })).toBe(true);
  });

  it('compares sub-operations', () => {
    expect(truthOf("SubOperationMatches{'Blob.List'}")).toBe('unknown');
    expect(truthOf("SubOperationMatches{'Blob.List'}", { subOperation: null })).toBe(false);
    expect(truthOf("SubOperationMatches{'Blob.List'}", { subOperation: 'blob.list' })).toBe(true);
  });

  it('knows the sub-operation also as an attribute of the request, as older conditions have it', () => {
    const text =
      "@Request[subOperation] ForAnyOfAnyValues:StringEqualsIgnoreCase {'Blob.Read.WithTagConditions'}";
    expect(truthOf(text, { subOperation: 'blob.read.withTagConditions' })).toBe(true);
    expect(truthOf(text, { subOperation: 'Blob.List' })).toBe(false);
    expect(truthOf(text)).toBe('unknown');
  });

  /** Microsoft Learn, "Example Azure role assignment conditions for Blob Storage": their forms, with a question each. */
  it.each<[string, string, ConditionFacts, boolean | 'unknown']>([
    [
      'a tag, not for lists',
      `((!(ActionMatches{'M.S/blobs/read'} AND NOT SubOperationMatches{'Blob.List'}))
        OR (@Resource[M.S/blobs/tags:Malware scan result<$key_case_sensitive$>] StringEqualsIgnoreCase 'No threats'))`,
      { action: 'M.S/blobs/read', subOperation: 'Blob.List' },
      true,
    ],
    [
      'keys of tags',
      `((!(ActionMatches{'M.S/blobs/write'} AND SubOperationMatches{'With'}) AND !(ActionMatches{'M.S/tags/write'}))
        OR (@Request[M.S/blobs/tags&$keys$&] ForAllOfAnyValues:StringEquals {'Project', 'Program'}))`,
      {
        action: 'M.S/tags/write',
        subOperation: null,
        attributes: { request: { 'M.S/blobs/tags&$keys$&': ['Project', 'Other'] } },
      },
      false,
    ],
    [
      'a container after a time',
      `((!(ActionMatches{'M.S/blobs/read'})) OR (@Resource[M.S/containers:name] StringEquals 'c1'
        AND @Environment[UtcNow] DateTimeGreaterThan '2023-05-01T13:00:00.0Z'))`,
      {
        action: 'M.S/blobs/read',
        attributes: {
          environment: { UtcNow: '2026-01-01T00:00:00Z' },
          resource: { 'M.S/containers:name': 'c1' },
        },
      },
      true,
    ],
    [
      'an attribute of the principal',
      '@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Engineering_Project] ForAnyOfAnyValues:StringEquals @Resource[M.S/blobs/tags:Project<$key_case_sensitive$>]',
      { attributes: { resource: { 'M.S/blobs/tags:Project<$key_case_sensitive$>': 'Baker' } } },
      'unknown',
    ],
  ])('documented: %s', (_, text, facts, truth) => {
    expect(truthOf(text, facts)).toBe(truth);
  });

  it('leaves over what would decide', () => {
    const condition = parseCondition(
      "(!(ActionMatches{'a/write'})) OR ((@Request[a:b] StringEquals 'x') AND (@Request[c:d] BoolEquals true))",
    );
    expect(evaluateCondition(condition, { action: 'a/read' })).toEqual({ truth: true });
    const open = evaluateCondition(condition, { action: 'a/write', attributes: { request: { 'a:b': 'x' } } });
    if (open.truth !== 'unknown') throw new Error('It should be unknown.');
    expect(printCondition(open.residual)).toBe('@Request[c:d] BoolEquals true');
  });

  it('compares a hostile pattern in good time', () => {
    const text = `'${'a'.repeat(2_000)}b' StringLike '${'a*'.repeat(1_000)}c'`;
    expect(truthOf(text)).toBe(false);
  });
});
