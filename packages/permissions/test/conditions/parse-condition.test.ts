import { parseCondition, printCondition, type Condition } from '@aml-auth/permissions';
import { describe, expect, it } from 'vitest';

const ROLE = 'Microsoft.Authorization/roleAssignments:RoleDefinitionId';
const attribute = (source: 'Request' | 'Resource', name: string) =>
  ({ kind: 'attribute', source, name }) as const;

describe('parseCondition', () => {
  it('reads the template that constrains roles', () => {
    const guid = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
    const text = `(
      (!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'}))
      OR
      (@Request[${ROLE}] ForAnyOfAnyValues:GuidEquals {${guid}})
    )`;
    expect(parseCondition(text)).toEqual({
      kind: 'or',
      operands: [
        {
          kind: 'not',
          operand: { kind: 'actionMatches', pattern: 'Microsoft.Authorization/roleAssignments/write' },
        },
        {
          kind: 'comparison',
          left: attribute('Request', ROLE),
          quantifier: 'ForAnyOfAnyValues',
          operator: 'GuidEquals',
          right: { kind: 'list', values: [{ kind: 'guid', value: guid }] },
        },
      ],
    } satisfies Condition);
  });

  it.each<[string, string]>([
    [
      '@Resource[HasObotoken] boolequals true && (Exists @Request[a:b])',
      '@Resource[HasObotoken] BoolEquals true AND (Exists @Request[a:b])',
    ],
    ["NOT Resource[name1] stringlike 'a*c?'", "!(@Resource[name1] StringLike 'a*c?')"],
    [
      "@request[a:b] FORANYOFANYVALUES : stringequals{'x'}",
      "@Request[a:b] ForAnyOfAnyValues:StringEquals {'x'}",
    ],
    [
      "not exists @Principal[a:b] || SubOperationMatches {'Blob.List'}",
      "(NOT Exists @Principal[a:b]) OR (SubOperationMatches{'Blob.List'})",
    ],
    ['((@Resource[a:b] NumericLessThan -5))', '@Resource[a:b] NumericLessThan -5'],
  ])('reads %s', (written, same) => {
    expect(parseCondition(written)).toEqual(parseCondition(same));
  });

  it('tells GUIDs without dashes from numbers', () => {
    const digits = '12345678901234567890123456789012';
    const right = (text: string) =>
      (parseCondition(`@Resource[a] GuidEquals ${text}`) as { right: unknown }).right;
    expect(right(digits)).toEqual({ kind: 'guid', value: digits });
    expect(right('12345678')).toEqual({ kind: 'number', value: 12_345_678 });
  });

  it('knows one zero only, so that what it reads can be written', () => {
    expect(parseCondition('@Resource[a] NumericEquals -0')).toEqual(
      parseCondition('@Resource[a] NumericEquals 0'),
    );
  });

  it('keeps the suffix of a tag key', () => {
    const name =
      'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Project<$key_case_sensitive$>';
    expect(parseCondition(`Exists @Resource[${name}]`)).toEqual({
      kind: 'exists',
      attribute: attribute('Resource', name),
    });
  });

  it('keeps the parentheses of the writer', () => {
    expect(
      parseCondition('(Exists @Request[a] AND Exists @Request[b]) AND Exists @Request[c]'),
    ).toMatchObject({
      kind: 'and',
      operands: [{ kind: 'and' }, { kind: 'exists' }],
    });
  });

  it.each<[string, string, RegExp]>([
    ['nothing', '', /at its end/],
    ['a bare word', 'hello', /at character 1/],
    ['an open text', "@Resource[a] StringEquals 'x", /at character 27 .*the text has no end/],
    ['an open parenthesis', '(Exists @Request[a]', /\) is missing/],
    ['a parenthesis too many', 'Exists @Request[a])', /at character 19/],
    [
      'AND beside OR',
      'Exists @Request[a] AND Exists @Request[b] OR Exists @Request[c]',
      /AND beside OR needs parentheses/,
    ],
    [
      'an unknown operator',
      "@Resource[a] Equals 'x'",
      /a comparison operator such as StringEquals is missing/,
    ],
    ['an unknown source', "@Subject[a] StringEquals 'x'", /an attribute is one of/],
    ['an attribute without name', "@Resource[ ] StringEquals 'x'", /an attribute is one of/],
    ['an empty list', '@Resource[a] GuidEquals {}', /is missing/],
    ['Exists of a text', "Exists 'x'", /Exists needs an attribute/],
    ['a function without braces', "ActionMatches 'x'", /\{ is missing/],
    ['a function of no text', 'ActionMatches{x}', /at character 15 .*a text in single quotes is missing/],
    ['a sign that means nothing', '@Resource[a] % 1', /at character 14 .*this is not expected/],
    ['a GUID that goes on', `@Resource[a] GuidEquals {${'a'.repeat(33)}}`, /at character 26/],
    ['a fraction', '@Resource[a] NumericEquals 1.5', /at character 28/],
    ['a number beyond what is exact', '@Resource[a] NumericEquals 99999999999999999999', /is missing/],
    ['two conditions', 'Exists @Request[a] Exists @Request[b]', /AND or OR is missing/],
    ['very deep nesting', `${'('.repeat(5_000)}Exists @Request[a]${')'.repeat(5_000)}`, /nested too deeply/],
    ['very many NOT', `${'!'.repeat(5_000)}Exists @Request[a]`, /nested too deeply/],
  ])('refuses %s and says where', (_, text, message) => {
    expect(() => parseCondition(text)).toThrow(
      expect.objectContaining({
        code: 'AML_CONFIG_INVALID',
        message: expect.stringMatching(message) as string,
      }),
    );
  });

  it('reads 100 parentheses in each other, and no more', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}Exists @Request[a]${')'.repeat(depth)}`;
    expect(parseCondition(nested(100))).toEqual(parseCondition('Exists @Request[a]'));
    expect(() => parseCondition(nested(101))).toThrow(/nested too deeply/);
  });

  it('says where the syntax is described', () => {
    expect(() => parseCondition('hello')).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('condition format and syntax') as string }),
    );
  });
});

describe('printCondition', () => {
  it('writes words as Azure does', () => {
    const text =
      "(!(ActionMatches{'a/read'})) OR ((Exists @Request[a:b]) AND (@Resource[c] StringEquals 'd'))";
    expect(printCondition(parseCondition(text))).toBe(text);
  });

  it('refuses a text with a single quote, which a condition has no way to write', () => {
    const named = (name: string): Condition => ({ kind: 'subOperationMatches', name });
    expect(() => printCondition(named("o'hara"))).toThrow(
      expect.objectContaining({
        code: 'AML_CONFIG_INVALID',
        message: 'The text "o\'hara" cannot stand in a condition: it has a single quote.',
        remedy: 'Compare with StringLike and put ? in its place.',
      }),
    );
    expect(() => printCondition(named("'".repeat(101)))).toThrow(
      `The text "${"'".repeat(100)}" cannot stand in a condition: it has a single quote.`,
    );
  });
});
