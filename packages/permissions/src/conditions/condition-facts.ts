import { ATTRIBUTE_SOURCES, type AttributeSource } from './condition.js';
import type { ConditionValue } from './compare-values.js';

/** What is known of an attribute: its value or values, or null where it is known not to be there. */
export type AttributeFact = ConditionValue | readonly ConditionValue[] | null;

/**
 * Attributes of one source by name, such as `Microsoft.Authorization/roleAssignments:RoleDefinitionId`.
 * Names compare in any case. One that is missing here is not known.
 */
export type AttributeFacts = Readonly<Record<string, AttributeFact | undefined>>;

/** The attributes that conditions look at, as far as they are known. */
export interface AccessAttributes {
  /**
   * What the request itself says (`@Request`), such as the role and principal of an assignment that is being
   * made.
   */
  readonly request?: AttributeFacts | undefined;
  /**
   * What the resource is like (`@Resource`), such as the container of a blob or, for a deletion, the assignment
   * that goes.
   */
  readonly resource?: AttributeFacts | undefined;
  /** Custom security attributes of the principal (`@Principal`). */
  readonly principal?: AttributeFacts | undefined;
  /** Such as `UtcNow`, an ISO 8601 time, and `isPrivateLink`. */
  readonly environment?: AttributeFacts | undefined;
}

/** What a condition is held against. What is left out is not known. */
export interface ConditionFacts {
  /** The operation, such as `Microsoft.Authorization/roleAssignments/write`. */
  readonly action?: string | undefined;
  /** The sub-operation of a data operation, such as `Blob.List`; null for none. */
  readonly subOperation?: string | null | undefined;
  /** What is known of the request, the resource, the principal and the environment. */
  readonly attributes?: AccessAttributes | undefined;
}

/** Looks attributes up; undefined for one that is not known. */
export type FindAttribute = (source: AttributeSource, name: string) => AttributeFact | undefined;

/** The {@link FindAttribute} of what is known. Older conditions ask for `@Request[subOperation]`. */
export function attributeFinder({ attributes, subOperation }: ConditionFacts): FindAttribute {
  const known = new Map<string, AttributeFact>();
  if (subOperation !== undefined) known.set(keyOf('Request', 'subOperation'), subOperation);
  for (const source of ATTRIBUTE_SOURCES) {
    const facts = attributes?.[source.toLowerCase() as Lowercase<AttributeSource>] ?? {};
    for (const [name, fact] of Object.entries(facts)) {
      if (fact !== undefined) known.set(keyOf(source, name), fact);
    }
  }
  return (source, name) => known.get(keyOf(source, name));
}

function keyOf(source: AttributeSource, name: string): string {
  return `${source}:${name.toLowerCase()}`;
}
