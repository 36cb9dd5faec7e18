import { AmlAuthError, type Finding } from '@aml-auth/core';

/** Environment variables. `process.env` fits. */
export type Environment = Readonly<Partial<Record<string, string>>>;

/**
 * The values of the variables, all of which the method needs. An empty variable counts as absent:
 * that is how shells and CI systems unset one.
 *
 * @throws {AmlAuthError} `AML_NOT_CONFIGURED` (a chain goes on) naming every variable that is missing
 */
export function requireVariables<NAME extends string>(
  env: Environment,
  names: readonly NAME[],
  remedy: string,
): Record<NAME, string> {
  const missing = names.filter((name) => !env[name]);
  if (missing.length === 0) {
    return Object.fromEntries(names.map((name) => [name, env[name] ?? ''])) as Record<NAME, string>;
  }
  throw new AmlAuthError({
    code: 'AML_NOT_CONFIGURED',
    message: `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set.`,
    remedy,
  });
}

/** Which of the variables are set, for a decision record. Never their values. */
export function variableFindings(env: Environment, names: readonly string[]): Finding[] {
  return names.map((name) => ({ what: `variable ${name}`, found: Boolean(env[name]) }));
}
