// Audits the access to an Azure Machine Learning workspace: who can do what, what is wrong with the assignments, and
// who could get further than the roles say. Reads only. All settings come from the environment: see README.md.
import { cloudFromEnvironment, isAmlAuthError } from '@aml-auth/core';
import { defaultChain } from '@aml-auth/credentials';
import { escalationGraph, escalationPaths, lintAssignments, lintRole, whoCan } from '@aml-auth/permissions';
import { createGraphClient, getPrincipals, readAccessSnapshot } from '@aml-auth/rbac';
import { createArmClient } from '@aml-auth/rest';

const ML = 'Microsoft.MachineLearningServices/workspaces';
const QUESTIONS = {
  'read the workspace': `${ML}/read`,
  'submit a job': `${ML}/jobs/write`,
  'list the keys': `${ML}/listKeys/action`,
  'delete the workspace': `${ML}/delete`,
  'give others access': 'Microsoft.Authorization/roleAssignments/write',
};

try {
  // The public cloud, unless the environment names another one (or the emulator).
  const cloud = await cloudFromEnvironment(process.env);
  const credential = defaultChain({ cloud });
  const [subscription, group, name] = ['SUBSCRIPTION', 'RESOURCEGROUP', 'WORKSPACE_NAME'].map(
    (part) => process.env[`AZUREML_ARM_${part}`] ?? '',
  );
  const scope = `/subscriptions/${subscription}/resourceGroups/${group}/providers/${ML}/${name}`;

  const snapshot = await readAccessSnapshot(createArmClient({ credential, cloud }), { scope });
  const holders = snapshot.roleAssignments.map(({ principalId }) => principalId);
  const names = await namesOf(holders);

  console.log('Who can');
  for (const [what, action] of Object.entries(QUESTIONS)) {
    const { allowed, unknown } = whoCan(snapshot, { action, scope });
    const certain = allowed.map(({ request }) => names(request.principalId));
    const perhaps = unknown.map(({ request }) => `perhaps ${names(request.principalId)}`);
    console.log(`  ${what.padEnd(21)} ${[...certain, ...perhaps].sort().join(', ') || 'nobody'}`);
  }

  console.log('Findings');
  const assigned = new Map(snapshot.roleAssignments.map((one) => [one.id, names(one.principalId)]));
  const custom = snapshot.roleDefinitions.filter(({ roleType }) => roleType === 'CustomRole');
  for (const finding of [...lintAssignments(snapshot), ...custom.flatMap((role) => lintRole(role))]) {
    const subject = assigned.get(finding.subject) ?? finding.subject;
    console.log(`  ${finding.severity.padEnd(8)} ${finding.code.padEnd(21)} ${subject}: ${finding.message}`);
  }
  for (const { part, error } of snapshot.unreadable) console.log(`  unread   ${part}: ${error.message}`);

  console.log('Could get further');
  const graph = escalationGraph(snapshot, { workspaces: [scope] });
  for (const holder of new Set(holders)) {
    for (const { to, edges } of escalationPaths(graph, holder)) {
      const target =
        to.kind === 'principal' ? names(to.id) : `${to.kind} of ${to.id.split('/').at(-1) ?? ''}`;
      console.log(`  ${names(holder)} -> ${target} by ${edges.map(({ step }) => step).join(', ')}`);
    }
  }

  /** Names from Microsoft Graph; ids where the caller may not read them. */
  async function namesOf(ids: readonly string[]): Promise<(id: string) => string> {
    try {
      const known = await getPrincipals(createGraphClient({ credential, cloud }), ids);
      return (id) => {
        const principal = known.get(id.toLowerCase());
        return principal?.userPrincipalName ?? principal?.displayName ?? id;
      };
    } catch (error) {
      if (!isAmlAuthError(error) || error.code !== 'AML_FORBIDDEN') throw error;
      console.error(
        'Microsoft Graph tells no names (Directory.Read.All is missing): ids stand in their place.',
      );
      return (id) => id;
    }
  }
} catch (error) {
  if (!isAmlAuthError(error)) throw error;
  console.error(`${error.code}: ${error.message}`);
  if (error.remedy !== undefined) console.error(`Next: ${error.remedy}`);
  process.exitCode = 1;
}
