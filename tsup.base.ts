import { defineConfig, type Options } from 'tsup';
import { thirdPartyNotices } from './third-party-notices.base.ts';

/** What a build leaves in its folder: declarations, which another task writes there. All else is of an older build. */
export const DECLARATIONS = ['!**/*.d.ts', '!**/*.tsbuildinfo'];

/**
 * The one JavaScript build of every package: ESM, one file an entry point.
 * Declarations come from `tsc -b` (target `build-types`), which is faster and exact.
 */
export function build(entry: Record<string, string>, more: Options = {}): ReturnType<typeof defineConfig> {
  return defineConfig({
    entry,
    format: 'esm',
    target: 'node22',
    sourcemap: true,
    dts: false,
    clean: DECLARATIONS,
    silent: true,
    ...more,
    // From the folder of a package, where builds run.
    esbuildPlugins: [thirdPartyNotices('../../LICENSES'), ...(more.esbuildPlugins ?? [])],
  });
}
