import { parseRoleDefinitionDraft, type RoleDefinitionDraft } from '@aml-auth/rbac';
import type { CliContext } from '../../../context.js';
import { readJsonText } from '../../../files/read-json-text.js';

/**
 * The custom role in a file, as Azure Resource Manager, Azure CLI or PowerShell have it.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export async function readDraft(context: CliContext, file: string): Promise<RoleDefinitionDraft> {
  const remedy = 'Give a JSON file with a role, or - for standard input; "aml-auth role lint" checks it.';
  return parseRoleDefinitionDraft(await readJsonText(context, file, remedy));
}
