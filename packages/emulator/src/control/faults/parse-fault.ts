import { AmlAuthError } from '@aml-auth/core';

import { describeIssue } from '../../core/describe-issue.js';
import type { FaultRule } from './fault-rule.js';
import { faultSchemaOf } from './fault-schema.js';
import { presetRule } from './presets.js';

/**
 * Reads a fault: a rule, a preset, or the name of one.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` that names the place in it
 */
export function parseFault(input: unknown): FaultRule {
  const result = faultSchemaOf(input).safeParse(input);
  if (!result.success) throw invalidFault(describeIssue(result.error, 'The fault'), result.error);
  const { data } = result;
  if (typeof data === 'string') return presetRule({ preset: data });
  return 'preset' in data ? presetRule(data) : data;
}

/** `AML_CONFIG_INVALID` about a fault. */
export function invalidFault(problem: string, cause?: unknown): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The fault cannot be added. ${problem}`,
    remedy:
      'Give { match, do, times }, or the name of a preset: 429, estsOutage, imdsSlowStart, armThrottle, graphReplication, slow_down.',
    cause,
  });
}
