import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Workspace packages resolve to their sources, so tests need no build. */
const conditions = ['@aml-auth/source', 'node', 'import', 'module', 'default'];

/** The one test set-up of every project; `name` is the folder name. */
export function tests(name: string, test: NonNullable<ViteUserConfig['test']> = {}): ViteUserConfig {
  return defineConfig({
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: { name, include: ['test/**/*.test.ts'], pool: 'forks', maxWorkers: 2, ...test },
  });
}
