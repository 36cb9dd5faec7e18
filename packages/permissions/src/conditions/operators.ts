/** What the two sides of a comparison must be. */
export type ComparisonType = 'string' | 'number' | 'dateTime' | 'boolean' | 'guid';

/** What a comparison asks of two values. */
export type Relation =
  'equals' | 'startsWith' | 'like' | 'lessThan' | 'lessThanEquals' | 'greaterThan' | 'greaterThanEquals';

/** What an operator means. */
export interface OperatorMeaning {
  readonly type: ComparisonType;
  readonly relation: Relation;
  readonly negated: boolean;
  readonly ignoreCase: boolean;
}

/** A comparison operator in Azure's spelling. */
export type ComparisonOperator =
  | `String${'' | 'Not'}${'Equals' | 'StartsWith' | 'Like'}${'' | 'IgnoreCase'}`
  | `${'Numeric' | 'DateTime'}${'Equals' | 'NotEquals' | 'LessThan' | 'LessThanEquals' | 'GreaterThan' | 'GreaterThanEquals'}`
  | `${'Bool' | 'Guid'}${'Equals' | 'NotEquals'}`;

const meaning = (
  type: ComparisonType,
  relation: Relation,
  { negated = false, ignoreCase = false }: Partial<OperatorMeaning> = {},
): OperatorMeaning => ({ type, relation, negated, ignoreCase });

/**
 * The comparison operators of conditions and what they mean (Microsoft Learn, "Azure role assignment
 * condition format and syntax").
 */
export const OPERATORS: Readonly<Record<ComparisonOperator, OperatorMeaning>> = {
  StringEquals: meaning('string', 'equals'),
  StringEqualsIgnoreCase: meaning('string', 'equals', { ignoreCase: true }),
  StringNotEquals: meaning('string', 'equals', { negated: true }),
  StringNotEqualsIgnoreCase: meaning('string', 'equals', { negated: true, ignoreCase: true }),
  StringStartsWith: meaning('string', 'startsWith'),
  StringStartsWithIgnoreCase: meaning('string', 'startsWith', { ignoreCase: true }),
  StringNotStartsWith: meaning('string', 'startsWith', { negated: true }),
  StringNotStartsWithIgnoreCase: meaning('string', 'startsWith', { negated: true, ignoreCase: true }),
  StringLike: meaning('string', 'like'),
  StringLikeIgnoreCase: meaning('string', 'like', { ignoreCase: true }),
  StringNotLike: meaning('string', 'like', { negated: true }),
  StringNotLikeIgnoreCase: meaning('string', 'like', { negated: true, ignoreCase: true }),
  NumericEquals: meaning('number', 'equals'),
  NumericNotEquals: meaning('number', 'equals', { negated: true }),
  NumericLessThan: meaning('number', 'lessThan'),
  NumericLessThanEquals: meaning('number', 'lessThanEquals'),
  NumericGreaterThan: meaning('number', 'greaterThan'),
  NumericGreaterThanEquals: meaning('number', 'greaterThanEquals'),
  DateTimeEquals: meaning('dateTime', 'equals'),
  DateTimeNotEquals: meaning('dateTime', 'equals', { negated: true }),
  DateTimeLessThan: meaning('dateTime', 'lessThan'),
  DateTimeLessThanEquals: meaning('dateTime', 'lessThanEquals'),
  DateTimeGreaterThan: meaning('dateTime', 'greaterThan'),
  DateTimeGreaterThanEquals: meaning('dateTime', 'greaterThanEquals'),
  BoolEquals: meaning('boolean', 'equals'),
  BoolNotEquals: meaning('boolean', 'equals', { negated: true }),
  GuidEquals: meaning('guid', 'equals'),
  GuidNotEquals: meaning('guid', 'equals', { negated: true }),
};

/** How many values of each side must compare, left side first. */
export const QUANTIFIERS = [
  'ForAnyOfAnyValues',
  'ForAllOfAnyValues',
  'ForAnyOfAllValues',
  'ForAllOfAllValues',
] as const;

/** In front of an operator, for sides with several values. */
export type Quantifier = (typeof QUANTIFIERS)[number];

const OPERATOR_NAMES = new Map(
  Object.keys(OPERATORS).map((name) => [name.toLowerCase(), name as ComparisonOperator]),
);
const QUANTIFIER_NAMES = new Map(QUANTIFIERS.map((name) => [name.toLowerCase(), name]));

/** The operator with that name, in any case; built-in roles write some in lower case. */
export function findOperator(name: string): ComparisonOperator | undefined {
  return OPERATOR_NAMES.get(name.toLowerCase());
}

/** The quantifier with that name, in any case. */
export function findQuantifier(name: string): Quantifier | undefined {
  return QUANTIFIER_NAMES.get(name.toLowerCase());
}
