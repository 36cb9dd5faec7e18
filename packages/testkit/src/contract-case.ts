import { describe, test } from 'vitest';

/** One sentence of a contract, and the proof of it. */
export interface ContractCase<T> {
  /** The sentence, as the name of a test. */
  readonly title: string;
  /** Fails where the subject breaks the contract. */
  readonly run: (subject: T) => Promise<void> | void;
  /** False where this part of the contract is optional and the subject does without it. */
  readonly applies: (subject: T) => boolean;
}

/** Adds a case to a contract. */
export type AddCase<T> = (
  title: string,
  run: (subject: T) => Promise<void> | void,
  applies?: (subject: T) => boolean,
) => void;

/** A subject that may have something to clean up. */
export interface Closable {
  /** Called after each case. */
  close?(): Promise<void> | void;
}

/** The cases that `write` adds. */
export function contract<T>(write: (add: AddCase<T>) => void): readonly ContractCase<T>[] {
  const cases: ContractCase<T>[] = [];
  write((title, run, applies = () => true) => {
    cases.push({ title, run, applies });
  });
  return cases;
}

/** Registers the cases with vitest, each with a subject of its own. Parts that do not apply show as skipped. */
export function describeContract<T extends Closable>(
  title: string,
  cases: readonly ContractCase<T>[],
  make: () => Promise<T> | T,
): void {
  describe(title, () => {
    test.for(cases)('$title', async (one, { skip }) => {
      const subject = await make();
      try {
        skip(!one.applies(subject), 'an optional part that this one does without');
        await one.run(subject);
      } finally {
        await subject.close?.();
      }
    });
  });
}
