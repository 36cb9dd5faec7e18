import { remedyHere } from '../../output/remedy-here.js';

/** What a check saw, and what it means. */
export interface Finding {
  /** Stable: programs and people look it up. */
  readonly id: string;
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was seen. Holds no secret. */
  readonly evidence: string;
  /** What to do about it. */
  readonly fix?: string | undefined;
}

/** Findings of one check. */
export interface Report {
  readonly ok: (evidence: string) => Finding;
  readonly skipped: (evidence: string) => Finding;
  readonly warning: (evidence: string, fix: string) => Finding;
  readonly failed: (evidence: string, fix: string | undefined) => Finding;
}

/** A {@link Report} for a check. */
export function reportOn(id: string): Report {
  return {
    ok: (evidence) => ({ id, status: 'ok', evidence }),
    skipped: (evidence) => ({ id, status: 'skipped', evidence }),
    warning: (evidence, fix) => ({ id, status: 'warning', evidence, fix: remedyHere(fix) }),
    failed: (evidence, fix) => ({
      id,
      status: 'failed',
      evidence,
      fix: fix === undefined ? undefined : remedyHere(fix),
    }),
  };
}
