import type { Closable, ContractCase } from '@aml-auth/testkit';

/** The titles of the cases that the subject does not pass. */
export async function failures<T extends Closable>(
  cases: readonly ContractCase<T>[],
  make: () => T,
): Promise<string[]> {
  const titles: string[] = [];
  for (const one of cases) {
    const subject = make();
    if (!one.applies(subject)) continue;
    try {
      await one.run(subject);
    } catch {
      titles.push(one.title);
    }
    await subject.close?.();
  }
  return titles;
}
