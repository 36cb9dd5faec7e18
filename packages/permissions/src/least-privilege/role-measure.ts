import { azureMlOperations } from '../catalogue/azure-ml-operations.js';
import { evaluatePermissions } from '../decide/evaluate-permissions.js';
import { normalizeAction } from '../decide/match-action.js';
import { representative } from '../operations/difference-witness.js';
import type { RoleDefinition } from '../types.js';

/** An operation in its plane. */
export interface PlaneOperation {
  readonly action: string;
  readonly isDataAction: boolean;
}

/** What a role is worth for a need, as bits over a list of operations. */
export interface RoleMeasure {
  readonly role: RoleDefinition;
  /** What it grants for sure. */
  readonly granted: bigint;
  /** What it grants under conditions too: the measure of its excess. */
  readonly reach: bigint;
  readonly isPrivileged: boolean;
}

/** Whoever may do one of these can give itself any permission. */
const PRIVILEGED = [
  'microsoft.authorization/roleassignments/write',
  'microsoft.authorization/roledefinitions/write',
  'microsoft.authorization/elevateaccess/action',
];

/** Whether a role leads to every other permission, under a condition or not. */
export function isPrivileged({ permissions }: Pick<RoleDefinition, 'permissions'>): boolean {
  return PRIVILEGED.some((action) => {
    const { kind } = evaluatePermissions(permissions, action, false);
    return kind === 'granted' || kind === 'conditional';
  });
}

/**
 * The operations that excess is counted in: the needed ones, those of Azure Machine Learning, and one for each
 * pattern of the roles, so that what is outside Azure Machine Learning counts as well.
 */
export function universeOf(
  needed: readonly PlaneOperation[],
  roles: readonly RoleDefinition[],
): readonly PlaneOperation[] {
  const all = [
    ...needed,
    ...azureMlOperations.map(({ name }) => ({ action: name, isDataAction: false })),
    ...roles.flatMap(({ permissions }) =>
      permissions.flatMap(({ actions, dataActions }) => [
        ...actions.map((pattern) => ({ action: representative(pattern), isDataAction: false })),
        ...dataActions.map((pattern) => ({ action: representative(pattern), isDataAction: true })),
      ]),
    ),
  ];
  const byKey = new Map<string, PlaneOperation>();
  for (const one of all) {
    const key = `${one.isDataAction ? 'data' : 'control'} ${one.action.toLowerCase()}`;
    if (!byKey.has(key)) byKey.set(key, one);
  }
  return [...byKey.values()];
}

/** Measures a role over the operations. */
export function measureRole(role: RoleDefinition, universe: readonly PlaneOperation[]): RoleMeasure {
  const kinds = universe.map(
    ({ action, isDataAction }) =>
      evaluatePermissions(role.permissions, normalizeAction(action), isDataAction).kind,
  );
  return {
    role,
    granted: bitsWhere(kinds, (kind) => kind === 'granted'),
    reach: bitsWhere(kinds, (kind) => kind === 'granted' || kind === 'conditional'),
    isPrivileged: isPrivileged(role),
  };
}

/** The first item is the lowest bit. */
export function bitsWhere<T>(items: readonly T[], isSet: (item: T) => boolean): bigint {
  const digits = items.map((item) => (isSet(item) ? '1' : '0')).toReversed();
  return digits.length === 0 ? 0n : BigInt(`0b${digits.join('')}`);
}

/** How many bits are set. */
export function countBits(bits: bigint): number {
  return bits.toString(2).replaceAll('0', '').length;
}
