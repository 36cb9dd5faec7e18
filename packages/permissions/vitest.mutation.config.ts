import { defineConfig } from 'vitest/config';

// Mutants run in worker threads, where a test cannot change the time zone: it is one apart from UTC from the start.
process.env.TZ = 'Asia/Kolkata';

/** Mutants run in a copy of this folder, which does not reach the set-up that all projects share. */
const conditions = ['@aml-auth/source', 'node', 'import', 'module', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { name: 'permissions', include: ['test/**/*.test.ts'] },
});
