import type { ComparisonOperator, Quantifier } from './operators.js';

/** Where an attribute comes from. */
export const ATTRIBUTE_SOURCES = ['Request', 'Resource', 'Principal', 'Environment'] as const;

/** One of the places that an attribute may come from. */
export type AttributeSource = (typeof ATTRIBUTE_SOURCES)[number];

/** An attribute, such as `@Request[Microsoft.Authorization/roleAssignments:PrincipalType]`. */
export interface ConditionAttribute {
  readonly kind: 'attribute';
  readonly source: AttributeSource;
  /** What stands in the brackets, as written: path, name, and a suffix such as `<$key_case_sensitive$>`. */
  readonly name: string;
}

/** One value that stands in the condition itself. */
export type ConditionLiteral =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** Without quotes, with or without dashes. */
  | { readonly kind: 'guid'; readonly value: string };

/** Values in braces. */
export interface ConditionList {
  readonly kind: 'list';
  readonly values: readonly ConditionLiteral[];
}

/** One side of a comparison. */
export type ConditionOperand = ConditionAttribute | ConditionLiteral | ConditionList;

/** A comparison of two sides. */
export interface ConditionComparison {
  readonly kind: 'comparison';
  readonly left: ConditionOperand;
  readonly quantifier?: Quantifier;
  readonly operator: ComparisonOperator;
  readonly right: ConditionOperand;
}

/** A condition of a role assignment or of a permission entry, taken apart. */
export type Condition =
  /** Two or more operands. */
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Condition[] }
  | { readonly kind: 'not'; readonly operand: Condition }
  | { readonly kind: 'actionMatches'; readonly pattern: string }
  | { readonly kind: 'subOperationMatches'; readonly name: string }
  | { readonly kind: 'exists'; readonly attribute: ConditionAttribute }
  | ConditionComparison;
