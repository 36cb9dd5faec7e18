import { evaluatePermissions } from '../decide/evaluate-permissions.js';
import type { RoleDefinition } from '../types.js';

const KINDS = ['read', 'write', 'delete', 'action'] as const;

/** How much a role gives away, as far as its patterns alone tell. */
export interface RoleBreadth {
  /** Whether it may write role assignments, under a condition or not: whoever may, may get everything. */
  readonly changesAccess: boolean;
  /** How many kinds of operation its patterns reach: read, write, delete, action. */
  readonly kinds: number;
  /** Literal segments of its widest pattern: 0 for `*`, 1 for all reads. */
  readonly depth: number;
  readonly patterns: number;
}

/** Measures a role. How many operations a pattern stands for is not known offline. */
export function roleBreadth(role: RoleDefinition): RoleBreadth {
  const patterns = role.permissions.flatMap(({ actions, dataActions }) => [...actions, ...dataActions]);
  const access = evaluatePermissions(
    role.permissions,
    'microsoft.authorization/roleassignments/write',
    false,
  ).kind;
  return {
    changesAccess: access === 'granted' || access === 'conditional',
    kinds: new Set(patterns.flatMap(kindsOf)).size,
    depth: Math.min(...patterns.map(literalSegments)),
    patterns: patterns.length,
  };
}

/** Narrower first: no power over access, fewer kinds of operation, a deeper widest pattern, fewer patterns. */
export function compareBreadth(a: RoleBreadth, b: RoleBreadth): number {
  return (
    Number(a.changesAccess) - Number(b.changesAccess) ||
    a.kinds - b.kinds ||
    b.depth - a.depth ||
    a.patterns - b.patterns
  );
}

function kindsOf(pattern: string): readonly string[] {
  const last = pattern.trim().toLowerCase().split('/').at(-1) ?? '';
  return last === '*' ? KINDS : [last];
}

function literalSegments(pattern: string): number {
  return pattern.split('/').filter((segment) => segment.trim() !== '*').length;
}
