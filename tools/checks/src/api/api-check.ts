import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check, Finding } from '../check.ts';
import { apiReports, type ApiReport } from './api-reports.ts';

/** The interfaces of the packages change on purpose only. */
export const apiCheck: Check = {
  name: 'api',
  promise: 'the public interfaces are those that the api folders of the packages hold',
  async run(root) {
    return apiFindings(root, await apiReports(root));
  },
};

/** Where the interfaces of now differ from those that are kept. */
export async function apiFindings(root: string, reports: readonly ApiReport[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { file, text } of reports) {
    const kept = await readFile(join(root, file), 'utf8').catch(() => '');
    if (kept !== text) findings.push({ where: file, what: difference(kept, text) });
  }
  for await (const path of glob('packages/*/api/*.api.md', { cwd: root })) {
    const file = path.replaceAll('\\', '/');
    if (!reports.some((report) => report.file === file)) {
      findings.push({ where: file, what: 'there is no such entry point any more' });
    }
  }
  return findings;
}

/** The first lines that were taken away and that came, in words. */
function difference(kept: string, text: string): string {
  const [before, after] = [kept, text].map((lines) => lines.split('\n'));
  const gone = before?.find((line) => !after?.includes(line));
  const come = after?.find((line) => !before?.includes(line));
  const words = [
    gone === undefined ? undefined : `no longer "${gone.trim()}"`,
    come === undefined ? undefined : `now "${come.trim()}"`,
  ].filter((part) => part !== undefined);
  return `the interface changed (${words.join(', ') || 'the order of lines'}); if that is meant, run "pnpm api:update"`;
}
