import { readFileSync } from 'node:fs';

import { lintSeverities } from '@aml-auth/permissions';
import { expect, it } from 'vitest';

it('has every code of a finding in the README, with its severity', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  for (const [code, severity] of Object.entries(lintSeverities)) {
    const row = readme.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${code}\``));
    expect(row, code).toContain(`| ${severity} `);
  }
});
