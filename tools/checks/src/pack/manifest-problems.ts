import type { Manifest } from '../workspace/read-projects.ts';

/** Scripts that a package manager would run on the user's machine. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare'];

/** What is wrong with the package.json of a package as users get it. */
export function manifestProblems(manifest: Manifest): readonly string[] {
  return [
    ...INSTALL_SCRIPTS.filter((name) => manifest.scripts?.[name] !== undefined).map(
      (name) => `it has the script "${name}"`,
    ),
    ...workspaceRanges(manifest),
  ];
}

function workspaceRanges(manifest: Manifest): readonly string[] {
  const ranges = [manifest.dependencies, manifest.optionalDependencies, manifest.peerDependencies];
  return ranges
    .flatMap((group) => Object.entries(group ?? {}))
    .filter(([, range]) => /^(workspace|catalog|link|file):/.test(range))
    .map(([name, range]) => `it depends on ${name} as "${range}", which nobody outside can install`);
}
