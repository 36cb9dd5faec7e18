/** A part of the navigation. */
export interface Section {
  /** What a person wants to do. */
  readonly title: string;
  /** Markdown files, from the root of the repository, in the order of reading. */
  readonly pages: readonly string[];
  /** How the names of others begin that belong here, in the order of their names. */
  readonly others?: readonly string[];
}

/** The page that the site opens with. */
export const LANDING_PAGE = 'docs/README.md';

const credential = (name: string): string => `docs/credentials/${name}.md`;
const access = (name: string): string => `docs/rbac/${name}.md`;

/** The guides by task. A guide that no section names and no beginning fits is found under the last one. */
export const SECTIONS: readonly Section[] = [
  { title: 'Start', pages: ['docs/start.md', 'docs/cookbook.md', 'docs/migration.md', 'docs/compared.md'] },
  {
    title: 'Sign in',
    others: ['docs/credentials/'],
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
    others: ['docs/rbac/'],
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
    others: ['docs/emulator-'],
    pages: [
      'packages/emulator/README.md',
      ...['services', 'sign-in', 'azure-ml', 'managed-identity', 'seed', 'control', 'proxy', 'parity'].map(
        (name) => `docs/emulator-${name}.md`,
      ),
    ],
  },
  {
    title: 'Use the command line',
    others: ['docs/cli'],
    pages: ['apps/cli/README.md', 'docs/cli.md', 'docs/cli-transcript.md'],
  },
  {
    title: 'Copy a sample',
    others: ['apps/sample-'],
    pages: ['apps/sample-node-service-principal/README.md', 'apps/sample-java/README.md'],
  },
  {
    title: 'Judge it',
    pages: [
      'SECURITY.md',
      'docs/bad-inputs.md',
      'docs/testing.md',
      'docs/figures.md',
      'tools/bench/README.md',
    ],
  },
  {
    title: 'Build on it',
    others: ['docs/decisions/', 'packages/', 'apps/'],
    pages: [
      'docs/architecture.md',
      'packages/core/README.md',
      'docs/decisions/0001-tsup-and-tsc.md',
      'docs/decisions/0002-one-error-class.md',
      'docs/decisions/0003-own-token-engine.md',
      'docs/decisions/0004-core-without-platform.md',
      'docs/decisions/0005-below-fetch.md',
      'CONTRIBUTING.md',
      'docs/releasing.md',
    ],
  },
  { title: 'More', pages: [], others: [''] },
];

/**
 * The sections with every guide of the repository in one of them.
 *
 * @param guides - Markdown files, from the root of the repository
 */
export function sectionsWith(guides: readonly string[]): readonly Section[] {
  const named = new Set([LANDING_PAGE, ...SECTIONS.flatMap(({ pages }) => pages)]);
  const pages = SECTIONS.map((section) => section.pages.filter((page) => guides.includes(page)));
  for (const guide of guides.filter((one) => !named.has(one)).sort()) {
    const place = SECTIONS.findIndex(({ others = [] }) => others.some((start) => guide.startsWith(start)));
    pages[place]?.push(guide);
  }
  return SECTIONS.map(({ title }, index) => ({ title, pages: pages[index] ?? [] })).filter(
    (section) => section.pages.length > 0,
  );
}
