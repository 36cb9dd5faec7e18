import { AmlAuthError } from '@aml-auth/core';
import { parseCondition, printCondition } from '@aml-auth/permissions';

/** The only version of conditions that role assignments have. */
const VERSION = '2.0';

/** A condition of a role assignment as it is sent; empty where there is none. */
export type ConditionFields =
  { readonly condition: string; readonly conditionVersion: string } | Record<string, never>;

/**
 * The fields of a condition, which is read first: one that cannot be read would be refused later.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function conditionFields(
  condition: string | null | undefined,
  version: string = VERSION,
): ConditionFields {
  if (isUnconditional(condition)) return {};
  if (version !== VERSION) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `conditionVersion ${JSON.stringify(version.slice(0, 20))} is not one that role assignments have.`,
      remedy: 'Leave it out, or give 2.0.',
    });
  }
  parseCondition(condition);
  return { condition, conditionVersion: version };
}

/** Whether two conditions say the same, however they are spaced and bracketed. */
export function isSameCondition(a: string | undefined, b: string | undefined): boolean {
  if (isUnconditional(a) || isUnconditional(b)) return isUnconditional(a) && isUnconditional(b);
  return a.trim() === b.trim() || normal(a) === normal(b);
}

/** Whether there is no condition. */
export function isUnconditional(condition: string | null | undefined): condition is null | undefined | '' {
  return condition === undefined || condition === null || condition.trim() === '';
}

/** A condition that this package cannot read is only the same as its own text. */
function normal(condition: string): string {
  try {
    return printCondition(parseCondition(condition));
  } catch {
    return condition.trim();
  }
}
