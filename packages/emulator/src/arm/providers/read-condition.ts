import { parseCondition } from '@aml-auth/permissions';

import { asText } from '../../core/json.js';
import { armRefusal } from '../arm-refusal.js';

/** The condition of a role assignment or permission entry; empty where there is none. */
export type GivenCondition =
  { readonly condition: string; readonly conditionVersion: string } | Record<string, never>;

const LONGEST = 8_192;

/**
 * Reads `condition` and `conditionVersion`. Version 2.0 is the default and the only one.
 *
 * @throws a refusal: 400 `InvalidRoleAssignmentCondition`
 */
export function readCondition(properties: Readonly<Record<string, unknown>>): GivenCondition {
  const condition = asText(properties['condition'])?.trim() ?? '';
  if (condition === '') return {};
  const conditionVersion = asText(properties['conditionVersion']) ?? '2.0';
  if (conditionVersion !== '2.0' || condition.length > LONGEST || !isReadable(condition)) {
    const message = 'The given role assignment condition is invalid.';
    throw armRefusal(400, 'InvalidRoleAssignmentCondition', message);
  }
  return { condition, conditionVersion };
}

function isReadable(condition: string): boolean {
  try {
    parseCondition(condition);
    return true;
  } catch {
    return false;
  }
}
