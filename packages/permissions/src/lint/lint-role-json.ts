import { reporter, type LintFinding } from './lint-finding.js';
import { lintRole } from './lint-role.js';
import { readRoleJson } from './read-role-json.js';

/**
 * {@link lintRole} for the text of a file: also says what is wrong with it as JSON and as a role. A trailing
 * comma, which the samples of Microsoft have too, does not keep it from the rest. Never throws.
 *
 * @param text - a role in any of the forms of the Azure CLI, Azure PowerShell and Azure Resource Manager
 */
export function lintRoleJson(text: string): readonly LintFinding[] {
  const { role, jsonProblem, problems } = readRoleJson(text);
  const findings: LintFinding[] = [];
  const report = reporter(findings, role?.roleName ?? '');
  if (jsonProblem !== undefined) report('invalid-json', `The text is no JSON: ${jsonProblem}.`);
  for (const problem of problems) report('invalid-role', problem);
  return role === undefined ? findings : [...findings, ...lintRole(role)];
}
