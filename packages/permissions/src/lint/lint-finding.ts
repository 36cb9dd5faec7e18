/** Codes of findings. Stable: texts change, codes do not. */
export type LintCode =
  | 'invalid-json'
  | 'invalid-role'
  | 'two-wildcards'
  | 'partial-wildcard'
  | 'unknown-operation'
  | 'covered-pattern'
  | 'useless-exclusion'
  | 'empty-entry'
  | 'zero-segment'
  | 'assigns-roles'
  | 'secrets-by-read'
  | 'root-scope'
  | 'no-scope'
  | 'several-management-groups'
  | 'data-actions-at-management-group'
  | 'name-too-long'
  | 'description-too-long'
  | 'bad-condition'
  | 'role-missing'
  | 'duplicate-assignment'
  | 'not-assignable'
  | 'redundant-assignment'
  | 'broad-assignment'
  | 'no-principal-type';

/** `error` – Azure refuses it, or it does not do what it says; `warning` – a danger; `info` – worth knowing. */
export type LintSeverity = 'error' | 'warning' | 'info';

/** A finding about a role or an assignment. */
export interface LintFinding {
  /** What kind of finding it is. */
  readonly code: LintCode;
  /** That of the code in {@link lintSeverities}. */
  readonly severity: LintSeverity;
  /** The name of the role, or the id of the assignment. */
  readonly subject: string;
  /** The pattern, scope or other part that it is about. */
  readonly part?: string | undefined;
  /** A sentence. */
  readonly message: string;
}

/** Every code with its severity. */
export const lintSeverities: Readonly<Record<LintCode, LintSeverity>> = {
  'invalid-json': 'error',
  'invalid-role': 'error',
  'two-wildcards': 'error',
  'partial-wildcard': 'warning',
  'unknown-operation': 'warning',
  'covered-pattern': 'info',
  'useless-exclusion': 'warning',
  'empty-entry': 'warning',
  'zero-segment': 'info',
  'assigns-roles': 'warning',
  'secrets-by-read': 'warning',
  'root-scope': 'error',
  'no-scope': 'error',
  'several-management-groups': 'error',
  'data-actions-at-management-group': 'warning',
  'name-too-long': 'error',
  'description-too-long': 'error',
  'bad-condition': 'error',
  'role-missing': 'warning',
  'duplicate-assignment': 'error',
  'not-assignable': 'error',
  'redundant-assignment': 'info',
  'broad-assignment': 'warning',
  'no-principal-type': 'info',
};

/** Makes findings about one subject. */
export type Report = (code: LintCode, message: string, part?: string) => void;

/** Collects findings about one subject into a list. */
export function reporter(findings: LintFinding[], subject: string): Report {
  return (code, message, part) => {
    findings.push({ code, severity: lintSeverities[code], subject, part, message });
  };
}
