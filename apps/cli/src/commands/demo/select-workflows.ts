import { AmlAuthError } from '@aml-auth/core';
import type { Workflow } from './workflow.js';

/**
 * The workflows that are asked for, in their own order; all where none is named. Pure.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a name that is none
 */
export function selectWorkflows(
  workflows: readonly Workflow[],
  names: readonly string[] = [],
): readonly Workflow[] {
  const unknown = names.find((name) => !workflows.some((workflow) => workflow.name === name));
  if (unknown !== undefined) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `The demo has no workflow ${JSON.stringify(unknown)}.`,
      remedy: `Give one of ${workflows.map(({ name }) => name).join(', ')}.`,
    });
  }
  return names.length === 0 ? workflows : workflows.filter(({ name }) => names.includes(name));
}
