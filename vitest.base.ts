import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Workspace packages resolve to their sources, so tests need no build. */
const conditions = ['@aml-auth/source', 'node', 'import', 'module', 'default'];

/** Time limits in milliseconds: wide, since projects are tested side by side on few cores. */
const LIMITS = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 30_000 } } };

/** The one test set-up of every project; `name` is the folder name. */
export function tests(name: string, test: NonNullable<ViteUserConfig['test']> = {}): ViteUserConfig {
  return defineConfig({
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: { name, include: ['test/**/*.test.ts'], pool: 'forks', maxWorkers: 2, ...LIMITS, ...test },
  });
}
