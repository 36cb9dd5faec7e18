/** What a check found. */
export interface Finding {
  /** What was looked at. */
  readonly check: string;
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly text: string;
  /** What to do about it. */
  readonly next?: string;
}

/** Findings of one check, which need say its name only once. */
export interface Report {
  readonly ok: (text: string) => Finding;
  readonly skipped: (text: string) => Finding;
  readonly warning: (text: string, next: string) => Finding;
  readonly failed: (text: string, next: string) => Finding;
}

/** A {@link Report} for a check. */
export function reportOn(check: string): Report {
  return {
    ok: (text) => ({ check, status: 'ok', text }),
    skipped: (text) => ({ check, status: 'skipped', text }),
    warning: (text, next) => ({ check, status: 'warning', text, next }),
    failed: (text, next) => ({ check, status: 'failed', text, next }),
  };
}
