import { source } from 'axe-core';
import type { Page } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What keeps people out of a page, by the rules of WCAG 2.2 at level AA that a program can check. */
export async function barriersOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(source);
  const tags = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']";
  const result: unknown = await page.evaluate(`axe.run(document, { runOnly: ${tags} })`);
  const { violations } = result as { readonly violations: readonly Violation[] };
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}
