import { actionMatches, type PermissionEntry, type RoleDefinition } from '@aml-auth/permissions';
import { GIFTS, sensitiveOperations, type Gift } from './sensitive-operations.js';

/** An operation in its plane. */
export interface KnownOperation {
  readonly name: string;
  readonly isDataAction: boolean;
}

/** One pattern of a role. */
export interface PatternReach {
  readonly part: 'actions' | 'notActions' | 'dataActions' | 'notDataActions';
  readonly pattern: string;
  /** How many of the known operations it covers. What another pattern takes away counts here. */
  readonly operations: number;
  /** What it gives away, after what its entry takes away; empty for a pattern that takes away. */
  readonly gives: readonly Gift[];
}

/** What a role allows. An entry with a condition counts as if the condition held. */
export interface RoleReach {
  /** How many operations it was compared with. */
  readonly known: number;
  /** How many of these it allows. */
  readonly allowed: number;
  /** Operations that give something away, by what they give. They are looked for whether they are known or not. */
  readonly gives: Readonly<Record<Gift, readonly string[]>>;
  readonly patterns: readonly PatternReach[];
}

/** Measures a role over the operations that are known. */
export function roleReach(
  { permissions }: Pick<RoleDefinition, 'permissions'>,
  operations: readonly KnownOperation[],
): RoleReach {
  const allows = (operation: KnownOperation): boolean =>
    permissions.some((entry) => grants(entry, operation));
  const sensitive = sensitiveOperations.filter(allows);
  const named = (gift: Gift): readonly string[] =>
    sensitive.filter(({ gifts }) => gifts.includes(gift)).map(({ name }) => name);
  return {
    known: operations.length,
    allowed: operations.filter(allows).length,
    gives: {
      secrets: named('secrets'),
      code: named('code'),
      identity: named('identity'),
      access: named('access'),
    },
    patterns: permissions.flatMap((entry) => patternsOf(entry, operations)),
  };
}

function patternsOf(entry: PermissionEntry, operations: readonly KnownOperation[]): readonly PatternReach[] {
  const rows = (part: PatternReach['part'], isDataAction: boolean, grants: boolean): PatternReach[] =>
    entry[part].map((pattern) => ({
      part,
      pattern,
      operations: operations.filter(
        (one) => one.isDataAction === isDataAction && actionMatches(pattern, one.name),
      ).length,
      gives: grants ? giftsOf(entry, pattern, isDataAction) : [],
    }));
  return [
    ...rows('actions', false, true),
    ...rows('notActions', false, false),
    ...rows('dataActions', true, true),
    ...rows('notDataActions', true, false),
  ];
}

function giftsOf(entry: PermissionEntry, pattern: string, isDataAction: boolean): readonly Gift[] {
  const given = new Set(
    sensitiveOperations
      .filter(
        (one) =>
          one.isDataAction === isDataAction && actionMatches(pattern, one.name) && !takesAway(entry, one),
      )
      .flatMap(({ gifts }) => gifts),
  );
  return GIFTS.filter((gift) => given.has(gift));
}

function grants(entry: PermissionEntry, operation: KnownOperation): boolean {
  const patterns = operation.isDataAction ? entry.dataActions : entry.actions;
  return patterns.some((pattern) => actionMatches(pattern, operation.name)) && !takesAway(entry, operation);
}

function takesAway(entry: PermissionEntry, { name, isDataAction }: KnownOperation): boolean {
  const patterns = isDataAction ? entry.notDataActions : entry.notActions;
  return patterns.some((pattern) => actionMatches(pattern, name));
}
