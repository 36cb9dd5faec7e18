/** A part of the navigation. */
export interface Section {
  /** What a person wants to do. */
  readonly title: string;
  /** Markdown files, from the root of the repository, in the order of reading. */
  readonly pages: readonly string[];
}

/** The page that the site opens with. */
export const LANDING_PAGE = 'docs/README.md';

const credential = (name: string): string => `docs/credentials/${name}.md`;
const access = (name: string): string => `docs/rbac/${name}.md`;

/** The guides by task. A page of `docs` that is missing here fails the build. */
export const SECTIONS: readonly Section[] = [
  { title: 'Start', pages: ['docs/start.md', 'docs/cookbook.md', 'docs/migration.md', 'docs/compared.md'] },
  {
    title: 'Sign in',
    pages: [
      'docs/credentials/README.md',
      ...['client-secret', 'client-certificate', 'client-assertion', 'workload-identity'].map(credential),
      ...['github-actions', 'azure-pipelines', 'oidc-source', 'managed-identity'].map(credential),
      ...['on-behalf-of', 'azure-ml-on-behalf-of', 'browser', 'device-code', 'azure-cli'].map(credential),
      ...['process', 'sdk-auth-file', 'environment', 'chains', 'azure-identity'].map(credential),
      'packages/credentials/README.md',
      'docs/errors.md',
    ],
  },
  {
    title: 'Keep and share tokens',
    pages: [
      'docs/token-cache.md',
      'docs/redis.md',
      'packages/token-cache/README.md',
      'packages/identity-endpoint/README.md',
    ],
  },
  { title: 'Call Azure ML', pages: ['docs/workspaces.md', 'docs/calls.md', 'packages/rest/README.md'] },
  {
    title: 'See and manage access',
    pages: [
      'docs/rbac/README.md',
      ...['decisions', 'advice', 'findings', 'scenarios', 'manage', 'declarative'].map(access),
      ...['service-principals', 'conditional-access'].map(access),
      'packages/permissions/README.md',
      'packages/rbac/README.md',
    ],
  },
  {
    title: 'Run without Azure',
    pages: [
      'packages/emulator/README.md',
      ...['services', 'sign-in', 'azure-ml', 'managed-identity', 'seed', 'control', 'proxy', 'parity'].map(
        (name) => `docs/emulator-${name}.md`,
      ),
    ],
  },
  { title: 'Use the command line', pages: ['apps/cli/README.md', 'docs/cli.md', 'docs/cli-transcript.md'] },
  {
    title: 'Copy a sample',
    pages: ['apps/sample-node-service-principal/README.md', 'apps/sample-java/README.md'],
  },
  {
    title: 'Judge it',
    pages: ['SECURITY.md', 'docs/bad-inputs.md', 'docs/testing.md', 'tools/bench/README.md'],
  },
  {
    title: 'Build on it',
    pages: [
      'docs/architecture.md',
      'packages/core/README.md',
      'docs/decisions/0001-tsup-and-tsc.md',
      'docs/decisions/0002-one-error-class.md',
      'docs/decisions/0003-own-token-engine.md',
      'docs/decisions/0004-core-without-platform.md',
      'CONTRIBUTING.md',
      'docs/releasing.md',
    ],
  },
];

/** Every Markdown file that becomes a page beside the landing page. */
export const PAGES: readonly string[] = SECTIONS.flatMap(({ pages }) => pages);
