import type { Tree } from '@nx/devkit';
import { describe, expect, it } from 'vitest';
import { addAfterLast } from '../src/edits/add-after-last.ts';
import { addExport } from '../src/edits/add-export.ts';
import { addSorted } from '../src/edits/add-sorted.ts';
import { generateCredential } from '../src/credential/generate-credential.ts';
import { generatePackage } from '../src/package/generate-package.ts';
import { LAYERS } from '../src/package/layers.ts';
import { changesOf, repositoryTree } from './repository-tree.ts';

/** A refused call leaves every file as it was. */
async function expectRefused(tree: Tree, call: () => Promise<unknown>, message: RegExp): Promise<void> {
  const before = changesOf(tree);
  await expect(call()).rejects.toThrow(message);
  expect(changesOf(tree)).toEqual(before);
}

describe('the generator of credentials', () => {
  it('writes source, tests and a page, and names the method wherever methods are listed', async () => {
    const tree = repositoryTree();
    await generateCredential(tree, { name: 'from-build-farm', title: 'Build Farm 2' });
    const files = changesOf(tree);
    const source = files['packages/credentials/src/build-farm/from-build-farm.ts'];
    expect(source).toContain('export function fromBuildFarm(options: BuildFarmOptions): Credential {');
    expect(source).toContain("method: 'buildFarm'");
    expect(files['packages/credentials/test/build-farm/from-build-farm.test.ts']).toContain(
      "describeCredential('fromBuildFarm'",
    );
    expect(files['docs/credentials/build-farm.md']).toMatch(/^# Build Farm 2\n/);
    expect(files['docs/credentials/README.md']).toContain('[Build Farm 2](build-farm.md)');
    expect(files['packages/credentials/README.md']).toMatch(/^\| `fromBuildFarm\(\)` /m);
    expect(files['packages/credentials/src/index.ts']).toContain(
      "export { fromBuildFarm, type BuildFarmOptions } from './build-farm/from-build-farm.js';\n",
    );
    for (const [path, text] of Object.entries(files)) {
      expect(`${path} ${text}`).not.toMatch(/<%|__tmpl__|__file__|__folder__/);
    }
  });

  it.each([
    ['from-process', /"process" is taken: packages\/credentials\/src/],
    ['from-lib', /"lib" is taken/],
    ['from-read-me', undefined],
    ['from-readme', /"readme" is taken: docs\/credentials/],
    ['from-azure-ml-on-behalf-of', /"azure-ml-on-behalf-of" is taken/],
    ['from-../../evil', /not in kebab-case/],
  ])('refuses %s where it is taken or no name, and changes nothing', async (name, message) => {
    const tree = repositoryTree();
    if (message === undefined) await generateCredential(tree, { name });
    else await expectRefused(tree, () => generateCredential(tree, { name }), message);
  });

  it('refuses a second run, and a list of another shape', async () => {
    const tree = repositoryTree();
    await generateCredential(tree, { name: 'from-build-farm' });
    await expectRefused(tree, () => generateCredential(tree, { name: 'from-build-farm' }), /is taken/);
    const changed = repositoryTree();
    changed.write('docs/credentials/README.md', '# Nothing is listed here\n');
    await expect(generateCredential(changed, { name: 'from-x' })).rejects.toThrow(
      /^docs\/credentials\/README\.md has another shape/,
    );
  });
});

describe('the generator of packages', () => {
  it('writes the package, and lists it for the compiler, the checks, the site and people', async () => {
    const tree = repositoryTree();
    await generatePackage(tree, { name: 'job-runner', description: 'Runs jobs.', layer: 'domain' });
    const files = changesOf(tree);
    const manifest = JSON.parse(files['packages/job-runner/package.json'] ?? '') as Record<string, unknown>;
    expect(manifest).toMatchObject({
      name: '@aml-auth/job-runner',
      description: 'Runs jobs.',
      nx: { tags: ['layer:domain'] },
    });
    expect(files['packages/job-runner/LICENSE']).toBe(tree.read('LICENSE', 'utf8'));
    expect(files['packages/job-runner/src/index.ts']).toContain('checkJobRunner');
    expect(files['tsconfig.json']).toContain('"./packages/job-runner"');
    expect(files['tools/checks/tsconfig.json']).toContain('"../../packages/job-runner"');
    expect(files['tools/checks/package.json']).toContain('"@aml-auth/job-runner": "workspace:^"');
    expect(files['tools/site/tsconfig.api.json']).toContain('"../../packages/job-runner/src/index.ts"');
    expect(files['tools/checks/src/bleed/bleed-rules.ts']).toContain(
      "'@aml-auth/job-runner': { loads: ['@aml-auth/core'] }",
    );
    expect(files['tools/checks/src/pack/budgets.ts']).toContain("'@aml-auth/job-runner': { packed:");
    expect(files['AGENTS.md']).toMatch(
      /^\| `packages\/job-runner` +\| runs jobs +\| core, permissions, rest +\|$/m,
    );
  });

  it('keeps a package of the layer policy away from Node.js', async () => {
    const tree = repositoryTree();
    await generatePackage(tree, { name: 'policy-probe', layer: 'policy' });
    const files = changesOf(tree);
    expect(files['eslint.config.mjs']).toContain("'packages/policy-probe/src/**/*.ts'");
    expect(files['tools/checks/src/bleed/bleed-rules.ts']).toContain(
      "'@aml-auth/policy-probe': { loads: ['@aml-auth/core'], everywhere: true }",
    );
  });

  it.each([
    [{ name: 'core' }, /"core" is taken: packages\/core/],
    [{ name: 'cli' }, /"cli" is taken: apps\/cli/],
    [{ name: 'bench' }, /"bench" is taken: tools\/bench/],
    [{ name: 'sample-node-rest' }, /"sample-node-rest" is taken: apps/],
    [{ name: '../evil' }, /not in kebab-case/],
    [{ name: 'fine', layer: 'core' }, /no layer "core".*policy, storage, service, domain/],
    [{ name: 'fine', description: 'a "quoted" word' }, /does not fit into texts/],
  ])('refuses %j, and changes nothing', async (options, message) => {
    const tree = repositoryTree();
    await expectRefused(tree, () => generatePackage(tree, options), message);
  });

  it('offers the layers that lint knows', () => {
    const config = repositoryTree().read('eslint.config.mjs', 'utf8') ?? '';
    for (const { name } of LAYERS) expect(config).toContain(`sourceTag: 'layer:${name}'`);
  });
});

describe('edits', () => {
  const index = "export { a } from './a.js';\nexport type {\n  C,\n} from './c.js';\n";

  it('puts an export before the first that comes after it, or at the end', () => {
    expect(addExport(index, "export { b } from './b.js';\n", './b.js')).toBe(
      "export { a } from './a.js';\nexport { b } from './b.js';\nexport type {\n  C,\n} from './c.js';\n",
    );
    expect(addExport(index, "export { d } from './d.js';\n", './d.js')).toBe(
      `${index}export { d } from './d.js';\n`,
    );
  });

  it('puts a line among those that fit, and finds no place where none does', () => {
    expect(addSorted('x\n- a\n- c\ny', /^- /, '- b')).toBe('x\n- a\n- b\n- c\ny');
    expect(addSorted('x\n- a\ny', /^- /, '- b')).toBe('x\n- a\n- b\ny');
    expect(addSorted('x\ny', /^- /, '- b')).toBeUndefined();
    expect(addAfterLast('- a\n- c\ny', /^- /, '- b')).toBe('- a\n- c\n- b\ny');
    expect(addAfterLast('y', /^- /, '- b')).toBeUndefined();
  });
});
