import { existsSync, readFileSync } from 'node:fs';

import { lintSeverities } from '@aml-auth/permissions';
import { expect, it } from 'vitest';

const PAGES = ['../../README.md', '../../../../docs/rbac/findings.md'];
const urlOf = (page: string) => new URL(page, import.meta.url);

// A copy of the package by itself, as mutation testing makes it, is not beside the documentation.
it.each(PAGES.filter((page) => existsSync(urlOf(page))))(
  'has every code of a finding in %s, with its severity',
  (page) => {
    const text = readFileSync(urlOf(page), 'utf8');
    for (const [code, severity] of Object.entries(lintSeverities)) {
      const row = text.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${code}\``));
      expect(row, code).toContain(`| ${severity} `);
    }
  },
);
