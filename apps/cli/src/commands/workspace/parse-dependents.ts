import { AmlAuthError } from '@aml-auth/core';
import type { Dependent, DependentAccess, DependentsAccess } from '@aml-auth/rbac';

/** What a workspace keeps beside itself, as it may be written here. */
const NAMES: Readonly<Record<string, Dependent>> = {
  storage: 'storage',
  keyvault: 'keyVault',
  'key-vault': 'keyVault',
  registry: 'registry',
  insights: 'insights',
};

/**
 * Which dependents are shared: `read` or `write` for all of them, or `storage=read`, `key-vault=write`,
 * `registry=AcrPull` for each that is named.
 *
 * @returns undefined where nothing is given
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function parseDependents(given: readonly string[] | undefined): DependentsAccess | undefined {
  const [first, ...others] = given ?? [];
  if (given === undefined || first === undefined) return undefined;
  if (isLevel(first) && others.length === 0) return first;
  const access: Partial<Record<Dependent, DependentAccess>> = {};
  for (const text of given) {
    const [, name = '', role = ''] = /^([^=]*)=(.+)$/.exec(text) ?? [];
    const key = name.toLowerCase();
    const dependent = Object.hasOwn(NAMES, key) ? NAMES[key] : undefined;
    if (dependent === undefined) throw invalid(text);
    if (access[dependent] !== undefined) throw invalid(text, `${dependent} is named twice.`);
    access[dependent] = isLevel(role) ? role : { role };
  }
  return access;
}

function isLevel(text: string): text is 'read' | 'write' {
  return text === 'read' || text === 'write';
}

function invalid(
  text: string,
  why = `--dependents ${JSON.stringify(text)} is not understood.`,
): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: why,
    remedy:
      'Give read or write for all, or one by one: storage, key-vault, registry or insights, then = and read, write or a role.',
  });
}
