import type { ComparisonOperator, Quantifier } from './operators.js';

/** Where an attribute comes from. */
export const ATTRIBUTE_SOURCES = ['Request', 'Resource', 'Principal', 'Environment'] as const;

/** One of the places that an attribute may come from. */
export type AttributeSource = (typeof ATTRIBUTE_SOURCES)[number];

/** An attribute, such as `@Request[Microsoft.Authorization/roleAssignments:PrincipalType]`. */
export interface ConditionAttribute {
  readonly kind: 'attribute';
  /** Where it comes from: the `Request` of `@Request[…]`. */
  readonly source: AttributeSource;
  /** What stands in the brackets, as written: path, name, and a suffix such as `<$key_case_sensitive$>`. */
  readonly name: string;
}

/** One value that stands in the condition itself. */
export type ConditionLiteral =
  /** In single quotes; without them here. */
  | { readonly kind: 'string'; readonly value: string }
  /** A whole number, from -(2^53 - 1) to 2^53 - 1. */
  | { readonly kind: 'number'; readonly value: number }
  /** `true` or `false`, in any case. */
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** Without quotes, with or without dashes. */
  | { readonly kind: 'guid'; readonly value: string };

/** Values in braces. */
export interface ConditionList {
  readonly kind: 'list';
  /** What stands between the braces, in order. */
  readonly values: readonly ConditionLiteral[];
}

/** One side of a comparison. */
export type ConditionOperand = ConditionAttribute | ConditionLiteral | ConditionList;

/** A comparison of two sides. */
export interface ConditionComparison {
  readonly kind: 'comparison';
  /** The side before the operator, mostly an attribute. */
  readonly left: ConditionOperand;
  /**
   * How lists are compared, such as `ForAnyOfAnyValues`: any or all of the left, with any or all of the
   * right. Undefined where the operator stands alone.
   */
  readonly quantifier?: Quantifier;
  /** Such as `GuidEquals` or `StringNotLike`. */
  readonly operator: ComparisonOperator;
  /** The side after the operator, mostly a literal or a list. */
  readonly right: ConditionOperand;
}

/** A condition of a role assignment or of a permission entry, taken apart. */
export type Condition =
  /** Two or more operands. */
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Condition[] }
  /** True where the operand is false. */
  | { readonly kind: 'not'; readonly operand: Condition }
  /** `ActionMatches{'…'}`: the operation matches a pattern, which may have `*`. */
  | { readonly kind: 'actionMatches'; readonly pattern: string }
  /** `SubOperationMatches{'…'}`: the data operation has this sub-operation, such as `Blob.List`. */
  | { readonly kind: 'subOperationMatches'; readonly name: string }
  /** `Exists @…`: there is such an attribute, whatever its value. */
  | { readonly kind: 'exists'; readonly attribute: ConditionAttribute }
  | ConditionComparison;
