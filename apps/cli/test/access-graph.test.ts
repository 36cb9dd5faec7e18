import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { builtInRoles, escalationGraph } from '@aml-auth/permissions';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessGraph } from '../src/access-graph/access-graph.js';
import { layoutOf, near, sizesFor } from '../src/access-page/layout.js';
import { hashOf, stateOf } from '../src/access-page/link.js';
import { sortRows, tableRows } from '../src/access-page/table.js';
import { indexGraph, viewOf } from '../src/access-page/view.js';
import { graphPage } from '../src/access-graph/graph-page.js';
import { openerOf, openFile } from '../src/access-graph/open-file.js';
import { pageTexts } from '../src/access-graph/page-texts.js';
import { scopeTree } from '../src/access-graph/scope-tree.js';
import { shownText } from '../src/access-graph/shown-text.js';
import { accessFixture, objectId, PLACES } from './support/access-fixture.js';
import { parseCli, runCli } from './support/run-cli.js';
import { freshUser } from './support/signed-in-world.js';

const COMPUTE = `${PLACES.workspace}/computes/cpu-cluster`;
const environment = {
  workspaces: [PLACES.workspace],
  storageAccounts: [PLACES.storage],
  identities: [{ principalId: objectId(5), usedBy: [COMPUTE] }],
};
function made(members = 3) {
  const { collection, names } = accessFixture(members);
  return accessGraph(collection, { names, environment });
}
const indexed = (members?: number) => indexGraph(made(members), pageTexts.en);
const labels = (view: ReturnType<typeof viewOf>, column: number) =>
  view.nodes.filter((one) => one.column === column).map(({ item }) => item['title'] ?? item['name']);

describe('the data', () => {
  it('say who has what, who can get more and why, and where', () => {
    const graph = made();
    const of = (kind: string) => graph.accesses.filter((one) => one.kind === kind);
    expect(of('eligible')).toMatchObject([{ title: 'Contributor', holders: [{ principal: objectId(2) }] }]);
    expect(of('deny')).toMatchObject([{ title: 'No deletion of training data', except: [objectId(1)] }]);
    expect(of('role').find(({ condition }) => condition !== undefined)?.title).toBe(
      'Storage Blob Data Reader',
    );
    const self = of('escalation').find(({ step }) => step === 'assignRoles');
    expect(self).toMatchObject({
      scope: PLACES.subscription,
      // The group, not each of its members.
      holders: [{ principal: objectId(7), isCertain: true }],
      ways: [[{ action: 'Microsoft.Authorization/roleAssignments/write' }]],
    });
    const jobs = of('escalation').filter(({ step }) => step === 'runJob');
    expect(jobs).toMatchObject([{ to: { id: objectId(5) }, scope: PLACES.workspace.toLowerCase() }]);
    expect(jobs[0]!.holders.map(({ principal }) => principal)).toEqual(
      expect.arrayContaining([objectId(6), objectId(4)]),
    );
    expect(graph.scopes.map(({ name, depth }) => [name, depth])).toEqual([
      ['contoso', 0],
      ['00000000-0000-0000-0000-000000000001', 1],
      ['rg-ml', 2],
      ['ws1', 3],
      ['mldata', 3],
    ]);
    expect(graph.principals.find(({ id }) => id === objectId(5))?.kind).toBe('managedIdentity');
  });

  it('name the fewest assignments without which nobody has a way to more, and those are enough', () => {
    const { collection } = accessFixture();
    const ways = made().accesses.filter(({ kind }) => kind === 'escalation');
    expect(ways.length).toBeGreaterThan(2);
    for (const { step, to, endedBy = [], holders } of ways) {
      expect(endedBy).not.toEqual([]);
      const without = (ids: readonly string[]) => {
        const roleAssignments = collection.roleAssignments.filter(({ id }) => !ids.includes(id));
        const roleDefinitions = [...builtInRoles, ...collection.roleDefinitions];
        return escalationGraph({ ...collection, roleDefinitions, roleAssignments }, environment).edges.filter(
          (edge) => edge.step === step && edge.to.id === to?.id && edge.from.kind === 'principal',
        );
      };
      expect(without(endedBy)).toEqual([]);
      // Each of them is needed.
      for (const id of endedBy) expect(without(endedBy.filter((one) => one !== id))).not.toEqual([]);
      for (const { principal, endedBy: own = [] } of holders)
        expect(without(own).filter(({ from }) => from.id === principal)).toEqual([]);
    }
  });

  it('stand for scopes in circles, twice, or that are none', () => {
    const group = (name: string) => `/providers/Microsoft.Management/managementGroups/${name}`;
    const circle = { [group('a')]: group('b'), [group('b')]: group('a') };
    const ids = scopeTree([group('A'), group('a'), 'nowhere', '/'], circle).map(({ id }) => id);
    expect(ids.toSorted()).toEqual(['/', group('a').toLowerCase(), group('b').toLowerCase()]);
  });
});

describe('what is seen', () => {
  it('is all of it; principals who have the very same stand together until they are opened', () => {
    const index = indexed(1000);
    const view = viewOf(index);
    const bundle = view.nodes.find(({ isBundle }) => isBundle)!;
    expect(bundle.ids).toHaveLength(1000);
    expect(view.nodes.length).toBeLessThan(40);
    const open = viewOf(index, { expanded: new Set([bundle.id]) });
    // Of a thousand, as many as anybody looks at; the rest as one.
    expect(open.nodes.filter(({ column }) => column === 0)).toHaveLength(121);
    expect(open.nodes.find(({ id }) => id === 'b:rest 0')?.ids).toHaveLength(886);
  });

  it('by a search are the matches and the paths through them', () => {
    const view = viewOf(indexed(1000), { query: 'MEMBER 77@contoso.com'.replace(' ', '.') });
    expect(labels(view, 0)).toEqual(['Member 77']);
    expect(labels(view, 1).toSorted()).toEqual(['All of research', 'Data scientists']);
    expect(labels(view, 2)).toContain('AzureML Data Scientist');
    expect(labels(view, 2)).not.toContain('Owner');
    const scope = viewOf(indexed(), { query: 'mldata' });
    // Inherited from above, too.
    expect(labels(scope, 2)).toEqual(expect.arrayContaining(['Owner', 'Storage Blob Data Reader']));
    expect(labels(scope, 2)).not.toContain('AzureML Data Scientist');
    expect(viewOf(indexed(), { query: 'nobody here' }).nodes).toEqual([]);
  });

  it('leaves out kinds that are switched off, and whoever has nothing else', () => {
    const all = ['role', 'escalation', 'deny'];
    const view = viewOf(indexed(), { hidden: new Set(all) });
    expect(labels(view, 2)).toEqual(['Contributor']);
    expect(labels(view, 0)).toEqual(['Bo Lind']);
  });
});

describe('the layout', () => {
  it('is the same each time, and no two cards or lanes touch', () => {
    for (const members of [0, 3, 40]) {
      const index = indexed(members);
      const view = viewOf(index);
      const layout = layoutOf(view, index);
      expect(layoutOf(viewOf(indexed(members)), indexed(members))).toEqual(layout);
      expect(view.nodes.every(({ id }) => layout.boxes.has(id))).toBe(true);
      const boxes = [...layout.boxes.values()];
      const touch = (one: (typeof boxes)[number], other: (typeof boxes)[number]) =>
        one.y + one.height > other.y &&
        other.y + other.height > one.y &&
        one.x + one.width > other.x &&
        other.x + other.width > one.x;
      const touching = boxes.flatMap((one, at) => boxes.slice(at + 1).filter((other) => touch(one, other)));
      expect(touching).toEqual([]);
    }
  });

  it('fills the width that there is, as far as names can be read', () => {
    const width = (available: number) => {
      const { widths, gap } = sizesFor(available);
      return widths.reduce((sum, one) => sum + one + gap, -gap);
    };
    for (const available of [800, 1000, 1400])
      expect([available, available - width(available) < 8 && width(available) <= available]).toEqual([
        available,
        true,
      ]);
    expect(width(100)).toBeGreaterThan(600);
    expect(width(9000)).toBe(width(8000));
  });

  it('puts rows near to where they belong, in order and apart', () => {
    const row = fc.tuple(
      fc.option(fc.integer({ min: 0, max: 2000 }), { nil: undefined }),
      fc.integer({ min: 1, max: 60 }),
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (wishes) => {
        const placed = near(
          wishes.map(([wish, height], at) => [String(at), wish, height]),
          { top: 8, rowGap: 8 },
        );
        expect(placed.map(([id]) => id)).toEqual(wishes.map((_, at) => String(at)));
        for (const [at, [, y]] of placed.entries()) {
          const before = placed[at - 1];
          expect(y).toBeGreaterThanOrEqual(before === undefined ? 8 : before[1] + before[2] + 8 - 1e-6);
        }
      }),
    );
  });
});

it('the table has a row for each way by which access comes, and sorts', () => {
  const index = indexed();
  const rows = tableRows(index, viewOf(index).seen);
  expect(rows.map(({ cells }) => cells)).toContainEqual([
    'Member 1',
    'Data scientists › All of research',
    'Reader',
    PLACES.root,
  ]);
  const up = sortRows(rows, { column: 2, descending: false }, 'en').map(({ cells }) => cells[2]);
  const down = sortRows(rows, { column: 2, descending: true }, 'en').map(({ cells }) => cells[2]);
  expect(up).toEqual(down.toReversed());
});

it('what is seen goes into an address and comes back, and what is not here is left out', () => {
  const kinds = ['user', 'role', 'deny'];
  const usual = { mode: 'graph' };
  const states = fc.record({
    query: fc.string({ unit: 'grapheme' }),
    hidden: fc.subarray(kinds).map((some) => new Set(some)),
    mode: fc.constantFrom('graph', 'table'),
    sort: fc.record({ column: fc.integer({ min: 0, max: 3 }), descending: fc.boolean() }),
    chosen: fc.option(fc.string({ unit: 'grapheme', minLength: 1 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(states, (state) => {
      const hash = hashOf(state, usual);
      expect(stateOf(`#${hash}`, usual, { kinds, has: () => true })).toEqual(state);
      expect(stateOf(hash, usual, { kinds: [], has: () => false })).toMatchObject({
        hidden: new Set(),
        chosen: undefined,
      });
    }),
  );
  expect(hashOf(stateOf('', usual, { kinds, has: () => true }), usual)).toBe('');
  fc.assert(
    fc.property(fc.string(), (text) => {
      const { mode, sort } = stateOf(text, usual, { kinds, has: () => true });
      expect(['graph', 'table']).toContain(mode);
      expect(sort.column).toBeLessThan(4);
    }),
  );
});

describe('the page', () => {
  const HOSTILE = '</script><img src=x onerror=alert(1)>\u202Eresu\u2028<!--';

  it('holds hostile names as data, and allows nothing but its own script and style', () => {
    const { collection, names } = accessFixture();
    const named = new Map(
      [...names].map(([id, one]) => [id, { ...one, displayName: HOSTILE + 'x'.repeat(1000) }]),
    );
    const data = accessGraph(collection, { names: named });
    const page = graphPage(data, 'en');
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    expect(page).not.toMatch(/<img|\u202E|\u2028|https?:\/\/(?!www\.w3\.org)/);
    const inside = /<script type="application\/json" id="data">(.*)<\/script>/.exec(page)![1]!;
    expect(JSON.parse(inside)).toMatchObject({ graph: JSON.parse(JSON.stringify(data)) as object });
    expect(Array.from(data.principals[1]!.name).length).toBeLessThanOrEqual(200);
    const policy = /content="(default-src 'none'[^"]*)"/.exec(page)![1]!;
    for (const [tag, directive] of [
      ['script', 'script-src'],
      ['style', 'style-src'],
    ] as const) {
      const text = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page)![1]!;
      const digest = createHash('sha256').update(text).digest('base64');
      expect(policy).toContain(`${directive} 'sha256-${digest}'`);
    }
    expect(graphPage(data, 'ko')).toContain('<html lang="ko">');
  });

  it('shows any text on one line, in one direction, no longer than it should be', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 500 }),
        fc.integer({ min: 2, max: 50 }),
        (text, most) => {
          const shown = shownText(text, most);
          expect(Array.from(shown).length).toBeLessThanOrEqual(most);
          expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        },
      ),
    );
  });
});

describe('access graph', () => {
  let emulator: Emulator;
  let cwd: string;
  beforeAll(async () => {
    emulator = await startEmulator();
    trustEmulator(emulator);
    cwd = await mkdtemp(join(tmpdir(), 'aml-auth-graph-'));
  });
  afterAll(async () => {
    await emulator.close();
    await rm(cwd, { recursive: true });
  });

  it('reads a workspace with names and members, and writes a page for its user alone', async () => {
    const env = { ...(await freshUser(emulator)), ...emulator.env('platform-admin') };
    const { code, stderr } = await runCli(['access', 'graph', '-w', 'ws1', '--out', 'a.html'], { cwd, env });
    expect([code, stderr]).toEqual([0, expect.stringContaining('a.html')]);
    const page = await readFile(join(cwd, 'a.html'), 'utf8');
    for (const name of ['data-science', 'platform-admin', 'AzureML Data Scientist', 'assignRoles'])
      expect(page).toContain(name);
    if (process.platform !== 'win32') expect((await stat(join(cwd, 'a.html'))).mode & 0o777).toBe(0o600);
    const data = await runCli(['access', 'graph', '-w', 'ws1', '-o', 'json'], { cwd, env });
    const { principals, memberships } = JSON.parse(data.stdout) as ReturnType<typeof made>;
    expect(principals).toContainEqual(expect.objectContaining({ kind: 'group', name: 'data-science' }));
    expect(memberships.length).toBeGreaterThan(0);
    await expect(stat(join(cwd, 'access-graph.html'))).rejects.toThrow('ENOENT');
  });

  it('draws a collection without asking anybody', async () => {
    const before = emulator.requests.length;
    await writeFile(join(cwd, 'c.json'), JSON.stringify(accessFixture().collection));
    const { code, stdout } = await runCli(['access', 'graph', '--from', 'c.json'], { cwd });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/waysToMore/)]);
    expect(await readFile(join(cwd, 'access-graph.html'), 'utf8')).toContain(objectId(1));
    expect(emulator.requests.length).toBe(before);
    const bad = await runCli(['access', 'graph', '--from', 'none.json'], { cwd });
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining('ENOENT')]);
    const out = ['--out', 'no/such/folder.html'];
    expect((await runCli(['access', 'graph', '--from', 'c.json', ...out], { cwd })).code).toBe(2);
  });

  it('parses its options', async () => {
    const parsed = await parseCli(['access', 'graph', '--from', 'f', '--open', '--out', 'o.html']);
    expect(parsed?.flags).toMatchObject({ from: 'f', open: true, out: 'o.html', output: 'table' });
  });

  it('opens the page by the program of the platform, or says that it is not there', async () => {
    expect(openerOf({}, 'linux')).toEqual(['xdg-open']);
    expect(openerOf({ BROWSER: '/opt/b' }, 'linux')).toEqual(['/opt/b']);
    expect(openerOf({ BROWSER: 'a %s' }, 'darwin')).toEqual(['/usr/bin/open']);
    expect(openerOf({}, 'win32')[1]).toBe('url.dll,FileProtocolHandler');
    const none = openFile('file:///a.html', { BROWSER: join(cwd, 'none') });
    await expect(none).rejects.toThrow(/cannot be started \(ENOENT\)/);
  });
});
