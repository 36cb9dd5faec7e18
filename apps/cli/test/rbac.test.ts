import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoSeed, startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { blockedSignIn } from '../src/commands/ca/why/blocked-sign-in.js';
import { parseCli, runCli, wordsOf, type Outcome, type World } from './support/run-cli.js';
import { freshUser } from './support/signed-in-world.js';

const SCIENTIST = 'AzureML Data Scientist';
let emulator: Emulator;
beforeAll(async () => {
  const [tenant] = demoSeed.tenants;
  const policies = [
    { name: 'no auditor', users: ['app:auditor'], apps: ['arm'], grant: 'block' as const },
    { name: 'mail', users: ['all'], apps: ['00000002-0000-0ff1-ce00-000000000000'], grant: 'mfa' as const },
  ];
  const apps = tenant!.apps!.map((app) =>
    app.name === 'platform-admin'
      ? { ...app, graphPermissions: [...app.graphPermissions!, 'Policy.Read.All'] }
      : app,
  );
  emulator = await startEmulator({
    seed: { ...demoSeed, tenants: [{ ...tenant!, apps, conditionalAccess: policies }] },
  });
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

type Json = Record<string, unknown>;
const json = ({ stdout }: Outcome) => JSON.parse(stdout) as Json;
const ws1 = () => emulator.workspace('ws1').id;
const group = () => ws1().replace(/\/providers.*/, '');
const subscription = () => group().replace(/\/resourceGroups.*/, '');

interface Caller {
  readonly cwd: string;
  readonly world: World;
  /** Runs a command line with JSON as its output. */
  readonly run: (line: string, more?: World) => Promise<Outcome>;
}

async function as(app = 'platform-admin'): Promise<Caller> {
  const cwd = await mkdtemp(join(tmpdir(), 'aml-auth-rbac-'));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const world = { cwd, env: { ...(await freshUser(emulator)), ...emulator.env(app) } };
  return { cwd, world, run: (line, more) => runCli([...wordsOf(line), '-o', 'json'], { ...world, ...more }) };
}

describe('workspace share, access and unshare', () => {
  it('gives a role, keeps a receipt for its user alone, and takes back what it gave', async () => {
    const { cwd, run, world } = await as();
    const shared = await run('workspace share --with data-science --dependents read --receipt r.json');
    expect([shared.code, shared.stderr]).toEqual([0, expect.stringContaining('r.json')]);
    const receipt = JSON.parse(await readFile(join(cwd, 'r.json'), 'utf8')) as Json;
    expect(json(shared)).toEqual(receipt);
    expect(receipt['grants']).toContainEqual(
      expect.objectContaining({ scope: ws1(), roleName: SCIENTIST, outcome: 'created' }),
    );
    expect((await stat(join(cwd, 'r.json'))).mode & 0o777).toBe(0o600);
    expect((await run('workspace share --with data-science --receipt r.json')).stderr).toContain(
      'is there already',
    );
    const again = await run('workspace share ws1 --with data-science');
    expect(json(again)['grants']).toMatchObject([{ outcome: 'existing' }]);

    const seen = (await runCli(['workspace', 'access'], world)).stdout;
    expect(seen).toMatch(/^PRINCIPAL .*\n[\s\S]*data-science +Group +AzureML Data Scientist/);
    expect(seen).toMatch(/platform-admin +ServicePrincipal +Owner/);

    expect((await run('workspace unshare --receipt r.json')).stderr).toContain('--yes');
    const both = await run('workspace unshare --receipt r.json --with data-science --yes');
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('The receipt says')]);
    const taken = json(await run('workspace unshare --receipt r.json --yes'));
    expect(taken['revoked']).toHaveLength((receipt['grants'] as unknown[]).length);
    expect(json(await run('workspace unshare --with data-science --yes'))).toMatchObject({
      revoked: [],
      absent: [{ scope: ws1() }],
    });
    await writeFile(join(cwd, 'bad.json'), '{"version": 1}');
    expect((await run('workspace unshare --receipt bad.json --yes')).stderr).toContain('no receipt');
  });

  it('shares dependents one by one, waits until all is listed, and shows how far it is on a terminal only', async () => {
    const { run, world } = await as();
    const line = '--with data-science --dependents storage=write --dependents key-vault=Reader';
    let seen = '';
    const stderr = { write: (text: string) => void (seen += text), isTTY: true };
    const shared = await run(`workspace share ${line} --wait`);
    expect([shared.code, shared.stderr]).toEqual([0, expect.not.stringContaining('\r')]);
    expect(json(shared)['grants']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ roleName: 'Storage Blob Data Contributor' }),
        expect.objectContaining({ roleName: 'Reader', scope: expect.stringContaining('/vaults/') as string }),
      ]),
    );
    const process = { env: world.env, stdout: { write: () => undefined }, stderr };
    await run(`workspace share ${line}`, { context: { process: process as never } });
    expect(seen).toContain('4/4');
    const taken = await run(`workspace unshare ${line} --yes`);
    expect((json(taken)['revoked'] as unknown[]).length).toBe(4);
    for (const bad of ['all', 'storage', 'disk=read', 'storage=', '__proto__=read']) {
      const refused = await run(`workspace share --with data-science --dependents ${bad}`);
      expect([bad, refused.code, refused.stderr]).toEqual([bad, 2, expect.stringContaining('--dependents')]);
    }
  });

  it('asks no directory for an object id with its kind, and shows ids where names may not be read', async () => {
    const admin = await as();
    const { objectId } = emulator.app('trainer');
    const before = emulator.requests.length;
    const line = `--with ${objectId} --principal-type ServicePrincipal --role Reader`;
    expect((await admin.run(`workspace share ${line}`)).code).toBe(0);
    expect(emulator.requests.slice(before).filter(({ path }) => path.startsWith('/v1.0/'))).toEqual([]);
    // A reader of the workspace, who may read no directory.
    const trainer = await as('trainer');
    const seen = await trainer.run('workspace access');
    expect([seen.code, seen.stderr]).toEqual([0, expect.stringContaining('could not be looked up')]);
    const revoked = json(await admin.run(`workspace unshare ${line} --yes`));
    expect(revoked['revoked']).toMatchObject([{ roleName: 'Reader' }]);
  });
});

describe('access', () => {
  const file = (prune = false) =>
    [
      'version: 1',
      `scopes: [${group()}]`,
      `prune: ${String(prune)}`,
      'roles:',
      '  - name: Job reader',
      '    actions: [Microsoft.MachineLearningServices/workspaces/jobs/read]',
      `    assignableScopes: [${group()}]`,
      'assignments:',
      '  - { principal: data-science, role: Job reader, scope: ' + ws1() + ' }',
      '',
    ].join('\n');

  it('plans with an exit status for drift, applies after a yes, and finds nothing to do then', async () => {
    const { cwd, run } = await as();
    await writeFile(join(cwd, 'a.yaml'), file());
    const planned = await run('access plan a.yaml');
    expect([planned.code, json(planned)]).toEqual([
      3,
      expect.objectContaining({
        drift: true,
        problems: [],
        steps: [
          expect.objectContaining({ kind: 'createRole' }),
          expect.objectContaining({ kind: 'createAssignment', description: expect.any(String) as string }),
        ],
      }),
    ]);
    expect((await run('access apply a.yaml')).code).toBe(2);
    expect(
      (await run('access apply a.yaml', { context: { mayAsk: true, askYes: () => Promise.resolve(false) } }))
        .code,
    ).toBe(130);
    expect((await run('access plan a.yaml')).stdout).toBe(planned.stdout);
    const applied = await run('access apply a.yaml --yes --no-input');
    expect([applied.code, applied.stderr]).toEqual([
      0,
      expect.stringContaining('create the role Job reader'),
    ]);
    expect(json(applied)['applied']).toHaveLength(2);
    // What was there before and is in no file is told, and stays.
    const rest = json(await run('access plan a.yaml'));
    expect(rest).toMatchObject({ drift: true, steps: [] });
    const collected = await run('access collect --members --file c.json --scopes ' + ws1());
    expect([collected.code, json(collected)]).toEqual([
      0,
      expect.objectContaining({ file: join(cwd, 'c.json') }),
    ]);

    const { objectId } = emulator.app('trainer');
    const wanted = [
      'version: 1',
      `scopes: [${ws1()}]`,
      'assignments:',
      `  - { principalId: ${objectId}, principalType: ServicePrincipal, role: ${SCIENTIST}, scope: ${ws1()} }`,
      `  - { principalId: ${String(principalOf(json(await run('role assignment list --role "Job reader" --scope ' + ws1()))))}, principalType: Group, role: Job reader, scope: ${ws1()} }`,
    ].join('\n');
    await writeFile(join(cwd, 'all.yaml'), wanted);
    const before = emulator.requests.length;
    const offline = await run('access plan all.yaml --snapshot c.json');
    expect([offline.code, json(offline)]).toEqual([0, expect.objectContaining({ drift: false, steps: [] })]);
    expect(emulator.requests.length).toBe(before);
  });

  it('collects for others without object ids, and refuses a file that is none', async () => {
    const { cwd, run, world } = await as();
    const redacted = await runCli(['access', 'collect', '--redact', '--hide-resources'], world);
    expect(redacted.code).toBe(0);
    expect(redacted.stdout).not.toContain(emulator.app('trainer').objectId);
    expect(redacted.stdout).not.toContain('rg-ml');
    await writeFile(join(cwd, 'bad.yaml'), 'version: 1\nscope: []\n');
    const bad = await run('access plan bad.yaml');
    expect([bad.code, bad.stdout, bad.stderr]).toEqual([2, '', expect.stringContaining('bad.yaml')]);
    await writeFile(join(cwd, 'role.yaml'), file().replace('role: Job reader', 'role: Nobody'));
    const refused = await run('access apply role.yaml --yes');
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('not begun')]);
  });
});

function principalOf({ roleAssignments }: Json): unknown {
  return (roleAssignments as { principalId: string }[])[0]?.principalId;
}

describe('role assignment and role definition', () => {
  it('assigns, lists and deletes, by principal, role and scope or by id', async () => {
    const { run } = await as();
    const line = `--assignee ${emulator.user('bob@contoso').name} --role Reader -g rg-ml`;
    const first = await run(`role assignment create ${line} --description "looks"`);
    expect(first.stderr).toBe('');
    const made = json(first);
    expect(made).toMatchObject({ created: true, roleAssignment: { scope: group(), description: 'looks' } });
    expect(json(await run(`role assignment create ${line}`))).toMatchObject({ created: false });
    const listed = json(await run(`role assignment list ${line} --placement at`));
    expect(listed['roleAssignments']).toMatchObject([
      { roleName: 'Reader', principalName: 'Bob', scope: group() },
    ]);
    expect((await run(`role assignment delete ${line}`)).code).toBe(2);
    expect(json(await run(`role assignment delete ${line} --yes`))).toMatchObject({ deleted: true });
    expect(json(await run(`role assignment delete ${line} --yes`))).toEqual({ deleted: false });
    const { id } = made['roleAssignment'] as { id: string };
    expect(json(await run(`role assignment delete ${id} --yes`))).toEqual({ deleted: false, id });
    expect((await run(`role assignment delete ${id} --role Reader --yes`)).stderr).toContain('named twice');
    const mine = json(
      await run(
        `role assignment list --assignee ${emulator.user('alice@contoso').name} --include-groups --no-names`,
      ),
    );
    expect(mine['roleAssignments']).toContainEqual(expect.objectContaining({ principalType: 'Group' }));
  });

  it('makes, changes, shows and deletes custom roles from files in the forms of Azure CLI and of Azure', async () => {
    const { cwd, run, world } = await as();
    const az = {
      Name: 'Looker',
      IsCustom: true,
      Description: 'Looks.',
      Actions: ['Microsoft.MachineLearningServices/workspaces/read'],
      AssignableScopes: [group()],
    };
    await writeFile(join(cwd, 'az.json'), JSON.stringify(az));
    expect(json(await run('role definition create az.json'))).toMatchObject({ created: true });
    expect(json(await run('role definition create az.json'))).toMatchObject({ created: false });
    const arm = {
      properties: {
        roleName: 'Looker',
        type: 'CustomRole',
        description: 'Looks at jobs.',
        permissions: [{ actions: ['Microsoft.MachineLearningServices/workspaces/jobs/read'] }],
        assignableScopes: [group()],
      },
    };
    const input = { input: JSON.stringify(arm) };
    expect((await run('role definition create -', input)).code).toBe(1);
    expect(json(await run('role definition update -', input))).toMatchObject({
      changed: true,
      before: { description: 'Looks.' },
    });
    const shown = await runCli(['role', 'definition', 'show', 'looker', '-g', 'rg-ml'], world);
    expect(shown.stdout).toMatch(/actions +Microsoft.MachineLearningServices\/workspaces\/jobs\/read/);
    const custom = json(await run('role definition list --custom-only -g rg-ml'));
    expect(custom['roleDefinitions']).toContainEqual(expect.objectContaining({ roleName: 'Looker' }));
    expect(custom['roleDefinitions']).not.toContainEqual(expect.objectContaining({ roleName: 'Reader' }));
    expect((await run('role definition delete Reader --yes')).code).toBe(2);
    expect(json(await run('role definition delete Looker -g rg-ml --yes'))).toMatchObject({ deleted: true });
    expect(json(await run('role definition delete Looker -g rg-ml --yes'))).toEqual({ deleted: false });
    expect((await run('role definition show Looker -g rg-ml')).code).toBe(6);
  });
});

describe('identity', () => {
  it('switches on the identity of a virtual machine, once', async () => {
    const { run } = await as();
    const vm = `${group()}/providers/Microsoft.Compute/virtualMachines/vm-off`;
    const body = { location: 'westeurope', properties: { storageProfile: {}, networkProfile: {} } };
    const put = `rest ${vm} --method PUT --api-version 2024-07-01 --body -`;
    expect((await run(put, { input: JSON.stringify(body) })).code).toBe(0);
    expect((await run(`identity show ${vm}`)).code).toBe(6);
    const on = json(await run(`identity enable ${vm}`));
    expect(on).toMatchObject({ resource: vm, switchedOn: true, principalId: expect.any(String) as string });
    expect(json(await run(`identity enable ${vm}`))).toEqual({ ...on, switchedOn: false });
    expect(json(await run(`identity grant ${vm}`))).toMatchObject({
      receipt: {
        principal: { objectId: on['principalId'] },
        grants: [{ scope: ws1(), roleName: SCIENTIST }],
      },
    });
  });

  it('shows the identity of a cluster, gives it a role, and takes it back by the receipt', async () => {
    const { run } = await as();
    const cpu = `${ws1()}/computes/cpu`;
    const shown = json(await run(`identity show ${cpu}`));
    expect(shown).toMatchObject({ resource: cpu, switchedOn: false });
    expect(json(await run(`identity enable ${cpu}`))).toEqual(shown);
    const granted = json(
      await run(`identity grant ${cpu} --role Reader --scopes ${group()} --receipt r.json`),
    );
    expect(granted).toMatchObject({
      identity: shown,
      receipt: { grants: [{ scope: group(), outcome: 'created' }] },
    });
    expect(json(await run('workspace unshare --receipt r.json --yes'))).toMatchObject({
      revoked: [{ roleName: 'Reader' }],
    });
    const nothing = await run(`identity show ${subscription()}`);
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('virtual machine')]);
  });
});

describe('ca', () => {
  it('lists and shows the policies that reach Azure Machine Learning', async () => {
    const { run, world } = await as();
    const policies = json(await run('ca list'))['policies'] as { id: string; displayName: string }[];
    expect(policies).toMatchObject([
      { displayName: 'no auditor', reach: { reaches: 'yes' }, wants: 'no sign-in at all' },
    ]);
    expect(json(await run('ca list --all'))['policies']).toHaveLength(2);
    const [{ id } = { id: '' }] = policies;
    expect((await runCli(['ca', 'show', id], world)).stdout).toContain(
      'Blocks every sign-in that it applies to.',
    );
    expect((await (await as('trainer')).run('ca list')).code).toBe(5);
  });

  it('says why a sign-in was refused: just now, and from what a program printed', async () => {
    const auditor = await as('auditor');
    const now = await auditor.run('ca why --resource https://management.azure.com');
    const [{ id = '' } = {}] = json(now)['policies'] as { id?: string }[];
    expect([now.code, json(now)['summary']]).toEqual([4, expect.stringContaining(id)]);
    const admin = await as();
    const { stderr } = await auditor.run('rest /subscriptions --api-version 2022-12-01');
    const told = await admin.run('ca why -', { input: stderr });
    expect([told.code, json(told)['summary']]).toEqual([0, expect.stringContaining('"no auditor"')]);
    expect(json(await admin.run('ca why'))['summary']).toContain('not refused');
    expect((await admin.run('ca why -', { input: 'It does not work.' })).code).toBe(6);
    const nobody = await runCli(['ca', 'why', '-'], { input: stderr, env: await freshUser(emulator) });
    expect([nobody.code, nobody.stdout]).toEqual([0, expect.stringContaining(id)]);
  });

  it('reads any text, and finds the ids of policies however often they are quoted', () => {
    const id = '11111111-2222-4333-8444-555555555555';
    const claims = JSON.stringify({ access_token: { capolids: { essential: true, values: [id] } } });
    for (const text of [
      claims,
      JSON.stringify({ claims }),
      JSON.stringify({ policyIds: [id.toUpperCase()] }),
    ]) {
      expect(blockedSignIn(`AADSTS53003: Blocked. ${text}`)).toEqual({ aadsts: 53003, policyIds: [id] });
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(blockedSignIn(text).policyIds).toEqual([]);
      }),
    );
  });
});

it.each<[string, Json, unknown[]]>([
  [
    'workspace share ml --with x --dependents write',
    { with: 'x', dependents: ['write'], wait: false },
    ['ml'],
  ],
  ['workspace unshare --receipt f -y', { receipt: 'f', yes: true }, [undefined]],
  ['workspace access ml --no-names', { names: false }, ['ml']],
  ['access plan f --snapshot s', { snapshot: 's' }, ['f']],
  ['access apply - --yes', { yes: true }, ['-']],
  ['access collect --scopes a --scopes b --redact', { scopes: ['a', 'b'], redact: true, output: 'json' }, []],
  ['identity show x --identity system', { identity: 'system' }, ['x']],
  ['identity enable x', {}, ['x']],
  ['identity grant x -w ml', { workspace: 'ml' }, ['x']],
  ['ca list --all', { all: true }, []],
  ['ca show x', {}, ['x']],
  ['ca why', { output: 'table' }, [undefined]],
  ['role assignment list --placement above', { placement: 'above', names: true }, []],
  ['role assignment create --assignee x --condition c', { assignee: 'x', condition: 'c' }, []],
  ['role assignment delete id', { yes: false }, ['id']],
  ['role definition list -n x', { name: 'x', customOnly: false }, []],
  ['role definition show x -w ml', { workspace: 'ml' }, ['x']],
  ['role definition create f', {}, ['f']],
  ['role definition update f', {}, ['f']],
  ['role definition delete x -y', { yes: true }, ['x']],
])('%s is parsed', async (line, flags, args) => {
  const parsed = await parseCli(line.split(' '));
  expect(parsed?.flags).toMatchObject(flags);
  expect(parsed?.args).toEqual(args);
});
