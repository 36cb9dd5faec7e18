import { AmlAuthError } from '@aml-auth/core';
import { leastPrivilege, scenarios, type NeededOperations, type ScenarioName } from '@aml-auth/permissions';
import type { CliContext } from '../../context.js';
import { EXIT } from '../../exit-code.js';
import { present } from '../../output/present.js';
import type { LeastPrivilegeFlags } from './command.js';

/** Runs `aml-auth least-privilege`. */
export async function leastPrivilegeOf(
  context: CliContext,
  flags: LeastPrivilegeFlags,
  ...actions: readonly string[]
): Promise<void> {
  const { roleName, assignableScope: assignableScopes } = flags;
  const result = leastPrivilege(needOf(flags, actions), { roleName, assignableScopes });
  const { best, single, ungranted } = result;
  await present(context, flags, result, () => ({
    headings: ['roles', 'privileged', 'risky', 'more than needed'],
    rows: [...(best === undefined ? [] : [best]), ...single.filter((cover) => !isSame(cover, best))].map(
      ({ roles, cost }) => [
        roles.map((role) => role.roleName).join(' + '),
        cost.privileged,
        cost.risky,
        cost.excess,
      ],
    ),
  }));
  if (best === undefined) {
    context.process.stderr.write(`${context.messages.say.ungranted(ungranted.join(', '))}\n`);
    context.process.exitCode = EXIT.notFound;
  }
}

function needOf(
  { scenario, dataAction: dataActions }: LeastPrivilegeFlags,
  actions: readonly string[],
): NeededOperations | ScenarioName {
  const names = Object.keys(scenarios);
  if (scenario === undefined && actions.length + (dataActions?.length ?? 0) > 0)
    return { actions, dataActions };
  if (scenario !== undefined && actions.length === 0 && names.includes(scenario))
    return scenario as ScenarioName;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message:
      scenario === undefined
        ? 'No operation is given.'
        : actions.length > 0
          ? 'Both operations and --scenario are given.'
          : `There is no activity ${JSON.stringify(scenario)}.`,
    remedy: `Give operations, or one of ${names.join(', ')} as --scenario.`,
  });
}

function isSame(
  one: { readonly roles: readonly object[] },
  other: { readonly roles: readonly object[] } | undefined,
): boolean {
  return (
    other?.roles.length === one.roles.length && one.roles.every((role, index) => role === other.roles[index])
  );
}
