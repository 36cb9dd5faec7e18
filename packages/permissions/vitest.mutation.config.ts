import { defineConfig } from 'vitest/config';

// Mutants run in worker threads, where a test cannot change the time zone: it is one apart from UTC from the start.
process.env.TZ = 'Asia/Kolkata';

/** Mutants run in a copy of this folder, which does not reach the set-up that all projects share. */
const conditions = ['@aml-auth/source', 'node', 'import', 'module', 'default'];

/** Tests by file, parted by commas, to go over one folder in minutes. Default: all. */
const include = process.env.MUTATION_TESTS?.split(',') ?? ['test/**/*.test.ts'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { name: 'permissions', include },
});
