import { azureMlOperations } from '../catalogue/azure-ml-operations.js';
import { parseCondition } from '../conditions/parse-condition.js';
import { isConditional } from '../decide/evaluate-permissions.js';
import { matchAction } from '../decide/match-action.js';
import { differenceWitness } from '../operations/difference-witness.js';
import { planeOf } from '../operations/find-excess.js';
import { contains, type OperationSet } from '../operations/operation-set.js';
import type { PermissionEntry, RoleDefinition } from '../types.js';
import { reporter, type LintFinding, type Report } from './lint-finding.js';

const MANAGEMENT_GROUP = /^\/providers\/microsoft\.management\/managementgroups\//i;
const WRITE_ASSIGNMENTS = 'microsoft.authorization/roleassignments/write';
const MAX_NAME = 512;
const MAX_DESCRIPTION = 2048;
const PREFIX = 'microsoft.machinelearningservices/';

/** A role, also one that Azure has not seen yet. */
export type LintedRole = Omit<RoleDefinition, 'id'>;

/**
 * Checks a custom role: what Azure refuses (Microsoft Learn, "Azure custom roles"), what has no effect, and what
 * gives more away than it seems. An operation that is not published is a warning only, since built-in roles
 * have some too. Never throws.
 */
export function lintRole(role: LintedRole): readonly LintFinding[] {
  const findings: LintFinding[] = [];
  const report = reporter(findings, role.roleName);
  lintTexts(role, report);
  lintScopes(role, report);
  for (const entry of role.permissions) lintEntry(entry, report);
  return findings;
}

function lintTexts({ roleName, description = '' }: LintedRole, report: Report): void {
  if (roleName.length > MAX_NAME) report('name-too-long', `The name has more than ${MAX_NAME} characters.`);
  if (description.length > MAX_DESCRIPTION) {
    report('description-too-long', `The description has more than ${MAX_DESCRIPTION} characters.`);
  }
}

function lintScopes({ assignableScopes, permissions }: LintedRole, report: Report): void {
  if (assignableScopes.length === 0) report('no-scope', 'It has no assignable scope.');
  for (const scope of assignableScopes) {
    if (scope === '/' || scope.includes('*')) {
      report('root-scope', 'A custom role cannot be assignable at the root or by a wildcard.', scope);
    }
  }
  const groups = assignableScopes.filter((scope) => MANAGEMENT_GROUP.test(scope));
  if (groups.length > 1) {
    report('several-management-groups', 'A custom role may name one management group only.', groups[1]);
  }
  if (groups.length > 0 && permissions.some(({ dataActions }) => dataActions.length > 0)) {
    const message = 'With data actions it cannot be assigned at a management group, only below.';
    report('data-actions-at-management-group', message, groups[0]);
  }
}

function lintEntry(entry: PermissionEntry, report: Report): void {
  const { actions, notActions, dataActions, notDataActions } = entry;
  if (actions.length === 0 && dataActions.length === 0) report('empty-entry', 'An entry grants nothing.');
  for (const pattern of [...actions, ...notActions, ...dataActions, ...notDataActions]) {
    lintPattern(pattern, report);
  }
  for (const pattern of [...actions, ...notActions]) lintOperation(pattern, report);
  for (const isDataAction of [false, true]) lintPlane(planeOf(entry, isDataAction), report);
  lintDangers(entry, report);
  if (isConditional(entry)) lintCondition(entry.condition, report);
}

/** Reports a condition that cannot be read. */
export function lintCondition(condition: string | undefined, report: Report): void {
  try {
    parseCondition(condition ?? '');
  } catch (error) {
    report(
      'bad-condition',
      error instanceof Error ? error.message : 'The condition cannot be read.',
      condition,
    );
  }
}

function lintPattern(pattern: string, report: Report): void {
  if (pattern.split('*').length > 2) {
    report('two-wildcards', 'Azure accepts one wildcard in a pattern.', pattern);
  } else if (pattern.split('/').some((segment) => segment.length > 1 && segment.includes('*'))) {
    report('partial-wildcard', 'The wildcard is a part of a segment, which no built-in role has.', pattern);
  }
}

function lintOperation(pattern: string, report: Report): void {
  if (!pattern.toLowerCase().startsWith(PREFIX)) return;
  const matches = azureMlOperations
    .map(({ name }) => matchAction(pattern, name))
    .filter((one) => one !== undefined);
  if (matches.length === 0) {
    report('unknown-operation', 'No published operation of Azure Machine Learning is like this.', pattern);
  } else if (matches.some(({ zeroSegment }) => zeroSegment)) {
    const message = 'What it covers rests in part on "*" standing for no segment, which no document states.';
    report('zero-segment', message, pattern);
  }
}

function lintPlane({ patterns, except }: OperationSet, report: Report): void {
  const only = (list: readonly string[]): readonly OperationSet[] => [{ patterns: list, except: [] }];
  for (const list of [patterns, except]) {
    for (const [index, pattern] of list.entries()) {
      const cover = list.find(
        (other, at) =>
          at !== index &&
          differenceWitness(only([pattern]), only([other])) === undefined &&
          (at < index || differenceWitness(only([other]), only([pattern])) !== undefined),
      );
      if (cover !== undefined) report('covered-pattern', `"${cover}" covers it.`, pattern);
    }
  }
  for (const [index, exclusion] of except.entries()) {
    const others = except.filter((_, at) => at !== index);
    const before: OperationSet = { patterns, except: others };
    if (differenceWitness([before], [{ patterns, except }]) === undefined) {
      const message = 'It takes nothing away: the entry does not grant it, or another exclusion takes it.';
      report('useless-exclusion', message, exclusion);
    }
  }
}

function lintDangers(entry: PermissionEntry, report: Report): void {
  const control = [planeOf(entry, false)];
  if (contains(control, WRITE_ASSIGNMENTS) && !isConditional(entry)) {
    const message = 'Its holders can assign any role to themselves, Owner too. Limit it by a condition.';
    report('assigns-roles', message, 'Microsoft.Authorization/roleAssignments/write');
  }
  const wildcards: OperationSet = {
    patterns: entry.actions.filter((pattern) => pattern.includes('*')),
    except: entry.notActions,
  };
  for (const { name, verb, isSecret } of azureMlOperations) {
    if (!isSecret || verb !== 'read' || !contains([wildcards], name.toLowerCase())) continue;
    report('secrets-by-read', 'A wildcard over reads includes it, and it shows a secret.', name);
  }
}
