import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Workspace packages resolve to their sources, so tests need no build. */
const conditions = ['@aml-auth/source', 'node', 'import', 'module', 'default'];

/** Time limits in milliseconds: wide, since projects are tested side by side on few cores. */
const LIMITS = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 30_000 } } };

/**
 * Test files share the two processes and what those have loaded: a process a file cost more than the tests. So a file
 * leaves what it changes (environment, trust, timers, mocks) as it found it, and mocks no module.
 */
const WORKERS = { pool: 'forks', maxWorkers: 2, isolate: false } as const;

/** The one test set-up of every project; `name` is the folder name. */
export function tests(name: string, test: NonNullable<ViteUserConfig['test']> = {}): ViteUserConfig {
  return defineConfig({
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: { name, include: ['test/**/*.test.ts'], ...WORKERS, ...LIMITS, ...test },
  });
}
