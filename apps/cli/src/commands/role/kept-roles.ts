import { AmlAuthError } from '@aml-auth/core';
import { azureMlOperations, builtInRoles } from '@aml-auth/permissions';
import type { Catalogue } from '@aml-auth/rbac';
import type { CliContext } from '../../context.js';
import { readTextFile } from '../../files/read-text-file.js';
import { parseCatalogueParts } from './catalogue-file.js';
import type { RoleSourceFlags } from './role-source-flags.js';

/** What this program has with it: built-in roles, and the operations of Azure Machine Learning. */
export const shippedCatalogue: Catalogue = {
  roleDefinitions: builtInRoles,
  operations: azureMlOperations.map(({ name }) => ({ name, isDataAction: false })),
};

/**
 * The roles that are known without Azure: those of this program, or of a file. Undefined where Azure is to be asked.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for options that exclude one another, and for a file that cannot be read
 */
export async function keptRoles(context: CliContext, flags: RoleSourceFlags): Promise<Catalogue | undefined> {
  const { catalogue, from, scope, workspace, resourceGroup, subscription } = flags;
  if (!catalogue && from === undefined) return undefined;
  const isScoped = [scope, workspace, resourceGroup, subscription].some((value) => value !== undefined);
  if (isScoped || (catalogue && from !== undefined)) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: '--catalogue, --from and a scope exclude one another.',
      remedy: 'Give one of them: only Azure knows what can be assigned at a scope.',
    });
  }
  if (from === undefined) return shippedCatalogue;
  const remedy = 'Give a file that "aml-auth role sync" has written.';
  return parseCatalogueParts(await readTextFile(context, from, remedy), from);
}
