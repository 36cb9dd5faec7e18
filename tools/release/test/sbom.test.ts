import { expect, test } from 'vitest';
import { lockedGraph, type Lockfile } from '../src/sbom/locked-graph.ts';
import { sbomProblems, settledSbom, type Sbom } from '../src/sbom/sbom.ts';
import { schemaProblems } from '../src/sbom/schema-problems.ts';

const lock: Lockfile = {
  importers: {
    'packages/a': {
      dependencies: {
        '@x/b': { version: 'link:../b' },
        c: { version: '1.0.0(d@2.0.0)' },
        alias: { version: '@y/real@3.0.0' },
      },
    },
    'packages/b': {
      dependencies: { c: { version: '1.0.0' } },
      optionalDependencies: { e: { version: '5.0.0' } },
    },
    'packages/unrelated': { dependencies: { f: { version: '6.0.0' } } },
  },
  snapshots: {
    'c@1.0.0': {},
    'c@1.0.0(d@2.0.0)': { optionalDependencies: { d: '2.0.0' } },
    'd@2.0.0': { dependencies: { c: '1.0.0(d@2.0.0)' } },
    '@y/real@3.0.0': null,
    'e@5.0.0': {},
    'f@6.0.0': {},
  },
};
const ours = new Map([
  ['packages/a', '@x/a@0.1.0'],
  ['packages/b', '@x/b@0.2.0'],
]);
const [a, b, c, d, e, real] = [
  'pkg:npm/%40x/a@0.1.0',
  'pkg:npm/%40x/b@0.2.0',
  'pkg:npm/c@1.0.0',
  'pkg:npm/d@2.0.0',
  'pkg:npm/e@5.0.0',
  'pkg:npm/%40y/real@3.0.0',
] as const;
const graph = lockedGraph(lock, 'packages/a', ours);

const document = (change: Partial<Sbom> = {}): Sbom => ({
  serialNumber: 'urn:uuid:random',
  metadata: { timestamp: 'now', component: { 'bom-ref': a } },
  components: [b, c, d, e, real].map((ref) => ({ 'bom-ref': ref })),
  dependencies: [
    { ref: a, dependsOn: [b, c, real] },
    { ref: b, dependsOn: [c, e] },
    { ref: c, dependsOn: [d] },
    { ref: d, dependsOn: [c] },
  ],
  ...change,
});

test('production dependencies are followed through projects, peers, aliases and circles', () => {
  expect(new Map([...graph].map(([url, needs]) => [url, [...needs].sort()]))).toEqual(
    new Map<string, string[]>([
      [a, [real, b, c].sort()],
      [b, [c, e]],
      [c, [d]],
      [d, [c]],
      [e, []],
      [real, []],
    ]),
  );
});

test('a package that the lockfile lacks is named', () => {
  expect(() => lockedGraph({ ...lock, snapshots: {} }, 'packages/b', ours)).toThrow('no c@1.0.0');
});

test('documents of the same packages are the same, whatever their order, time and number', () => {
  const { components, dependencies } = document();
  const other = document({
    serialNumber: 'urn:uuid:other',
    metadata: { timestamp: 'later', component: { 'bom-ref': a } },
    components: components.toReversed(),
    dependencies: dependencies
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.toReversed() }))
      .toReversed(),
  });
  const settled = settledSbom(document(), '2026-01-02T03:04:05+01:00');
  expect(settledSbom(other, '2026-01-02T03:04:05+01:00')).toEqual(settled);
  expect(settled.metadata.timestamp).toBe('2026-01-02T02:04:05.000Z');
  expect(settled.serialNumber).toMatch(
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});

test('another package makes another serial number', () => {
  const time = '2026-01-02T03:04:05Z';
  const fewer = document({ components: document().components.slice(1) });
  expect(settledSbom(fewer, time).serialNumber).not.toBe(settledSbom(document(), time).serialNumber);
});

test('a document must list exactly what the lockfile has, and who needs whom', () => {
  expect(sbomProblems(document(), graph)).toEqual([]);
  const components = [b, c, d, e, 'pkg:npm/f@6.0.0'].map((ref) => ({ 'bom-ref': ref }));
  expect(sbomProblems(document({ components }), graph)).toEqual([
    `${real} is missing`,
    'pkg:npm/f@6.0.0 is no production dependency',
  ]);
  const dependencies = document().dependencies.filter(({ ref }) => ref !== b);
  expect(sbomProblems(document({ dependencies }), graph)).toEqual([
    `what ${b} depends on differs from the lockfile`,
  ]);
});

const valid = {
  $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  serialNumber: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79',
  version: 1,
  metadata: {
    component: { type: 'library', name: 'a', 'bom-ref': a, licenses: [{ license: { id: 'MIT' } }] },
  },
  components: [{ type: 'library', name: 'c', version: '1.0.0', 'bom-ref': c, purl: c }],
};

test('a document that follows the schema of CycloneDX passes', async () => {
  expect(await schemaProblems(JSON.stringify(valid))).toEqual([]);
});

test.each([
  [
    'an unknown type',
    { components: [{ type: 'libary', name: 'c' }] },
    '/components/0/type must be equal to one of',
  ],
  ['no name', { components: [{ type: 'library' }] }, "/components/0 must have required property 'name'"],
  ['a number of another form', { serialNumber: 'urn:uuid:1' }, '/serialNumber must match pattern'],
  ['a property of nobody', { maker: 'x' }, 'must NOT have additional properties'],
  [
    'a licence that SPDX has not',
    { components: [{ type: 'library', name: 'c', licenses: [{ license: { id: 'MYT' } }] }] },
    '/components/0/licenses/0/license/id must be equal to one of',
  ],
])('a document with %s does not', async (_case, change, expected) => {
  const problems = await schemaProblems(JSON.stringify({ ...valid, ...change }));
  expect(problems).toContainEqual(expect.stringContaining(expected));
});
