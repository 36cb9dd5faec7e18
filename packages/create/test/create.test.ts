import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { appNameProblem } from '../src/app-name-problem.js';
import { copyTemplates, templateManifest } from '../src/copy-templates.js';
import { runCreate } from '../src/run-create.js';

let work = '';
let templates = '';

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'aml-auth-create-'));
  templates = join(work, 'templates');
  await copyTemplates(resolve(import.meta.dirname, '../../..'), templates);
});
afterAll(() => rm(work, { recursive: true, force: true }));

/** Runs the program and answers with its exit code and what it wrote. */
const withOutput = async (...args: string[]) => {
  const written = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((written.out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((written.err += String(text)), true));
  const code = await runCreate(args, templates);
  vi.restoreAllMocks();
  return { code, ...written };
};

test('every sample of the repository is a template, without what belongs to the repository', async () => {
  const samples = (await readdir(resolve(import.meta.dirname, '../../../apps')))
    .filter((name) => name.startsWith('sample-'))
    .map((name) => name.replace('sample-', ''));
  expect((await readdir(templates)).sort()).toEqual(samples.sort());
  const files = await readdir(templates, { recursive: true });
  expect(files.filter((file) => /(^|\/)(node_modules|target|ci\.sh|\.env)(\/|$)/.test(file))).toEqual([]);
});

test('a new app has its own name, a workflow, a dev container and a list of what git passes over', async () => {
  const folder = join(work, 'my-app');
  const { code, out } = await withOutput(folder, '--sample', 'node-service-principal', '--no-input');
  expect(code).toBe(0);
  expect(out).toContain('npm start');
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  expect(manifest).toMatchObject({ name: 'my-app', private: true });
  expect(manifest['nx']).toBeUndefined();
  expect(await readdir(folder)).toEqual(
    expect.arrayContaining(['.devcontainer', '.env.example', '.github', '.gitignore', 'README.md', 'src']),
  );
  expect(await readFile(join(folder, '.gitignore'), 'utf8')).toMatch(/^\.env$/m);
});

test('a sample of another language is copied as it is', async () => {
  const folder = join(work, 'in-java');
  expect((await withOutput(folder, '--sample', 'java')).out).toContain('read README.md');
  expect(await readdir(folder)).toEqual(expect.arrayContaining(['README.md', 'pom.xml', '.gitignore']));
});

test('a folder that has something in it is left alone', async () => {
  const folder = join(work, 'full');
  await withOutput(folder, '--no-input');
  await writeFile(join(folder, 'README.md'), 'mine');
  const again = await withOutput(folder, '--no-input');
  expect(again.code).toBe(1);
  expect(again.err).toContain('not empty');
  expect(await readFile(join(folder, 'README.md'), 'utf8')).toBe('mine');
});

test.each([
  ['no folder', ['--no-input'], 'The folder of the new app is missing'],
  ['an unknown sample', ['a', '--sample', 'none'], 'There is no sample "none"'],
  ['a name that npm refuses', ['My App', '--no-input'], '"My App" names no app'],
  ['two folders', ['a', 'b'], 'what is "b" for?'],
  ['an unknown option', ['a', '--frob'], '--frob'],
])('%s is refused with exit code 2', async (_case, args, message) => {
  const { code, err } = await withOutput(...args);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

test('help names the samples', async () => {
  const { code, out } = await withOutput('--help');
  expect(code).toBe(0);
  expect(out).toContain('node-service-principal');
});

test('our packages get the versions that they have now, others stay', () => {
  const text = JSON.stringify({
    nx: {},
    scripts: { lint: 'x', start: 'y' },
    dependencies: { '@aml-auth/core': '^0.0.1', yaml: '^2.0.0' },
  });
  expect(JSON.parse(templateManifest(text, new Map([['@aml-auth/core', '1.2.3']])))).toEqual({
    scripts: { start: 'y' },
    dependencies: { '@aml-auth/core': '^1.2.3', yaml: '^2.0.0' },
  });
});

test('a folder names the app by its last part', () => {
  expect(appNameProblem('some where/app-1')).toBeUndefined();
  expect(appNameProblem('.app')).toContain('".app" names no app');
});
