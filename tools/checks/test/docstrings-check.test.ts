import { expect, test } from 'vitest';
import { docstringsCheck } from '../src/docstrings/docstrings-check.ts';
import { fixture, lines } from './fixture.ts';

const manifest = {
  name: '@x/a',
  exports: { '.': { '@aml-auth/source': './src/index.ts', types: './dist/index.d.ts' } },
};

/** What is found in a package whose entry point exports everything of one file. */
async function found(source: string): Promise<string[]> {
  const names = [...source.matchAll(/^export (?:const|class|function|interface|type|enum) (\w+)/gm)];
  const root = await fixture({
    'packages/a/package.json': manifest,
    'packages/a/src/index.ts': `export { ${[...new Set(names.map(([, name]) => name))].join(', ')} } from './one.js';\n`,
    'packages/a/src/one.ts': source,
  });
  return lines(await docstringsCheck.run(root)).map((line) => line.replace('packages/a/src/one.ts:', ''));
}

test.each([
  ['a function', 'export function one(): void {}', 'one'],
  ['a constant', 'export const one = 1;', 'one'],
  ['a type alias', 'export type One = 1;', 'One'],
  ['a member of an interface', '/** It. */ export interface One {\n a: number }', 'One.a'],
  ['a method of an interface', '/** It. */ export interface One {\n a(): void }', 'One.a'],
  ['a public member of a class', '/** It. */ export class One {\n a = 1 }', 'One.a'],
  ['a member of an enumeration', '/** It. */ export enum One {\n a }', 'One.a'],
  ['a member of a branch of a union', '/** It. */ export type One = "x" |\n { a: number }', 'One.a'],
  ['a member of a parameter', '/** It. */ export function one(\n x: { a: number }): void {}', 'one.a'],
])('%s without a docstring is found', async (_case, source, name) => {
  const line = source.includes('\n') ? 2 : 1;
  // Formatted sources have exports at the beginning of a line.
  expect(await found(source.replace('*/ export', '*/\nexport'))).toEqual([
    `${source.startsWith('/**') ? line + 1 : line}: ${name} has no docstring`,
  ]);
});

test.each([
  ['tags alone', '/** @throws {Error} always */'],
  ['nothing', '/** */'],
  ['an ordinary comment', '/* It. */'],
])('%s is no docstring', async (_case, comment) => {
  expect(await found(`${comment}\nexport function one(): void {}`)).toEqual(['2: one has no docstring']);
});

test.each([
  [
    'one docstring for all overloads',
    '/** It. */\nexport function one(a: 1): 1;\nexport function one(a: 2): 2;',
  ],
  [
    'a document that describes the members',
    '/**\n * It.\n *\n * @see https://example.org/it\n */\nexport interface One {\n  a: 1 | 2;\n}',
  ],
  [
    'a member whose type spells out an object',
    '/** It. */\nexport interface One {\n  /** That. */\n  a: { b: number };\n}',
  ],
  ['a docstring of a branch', '/** It. */\nexport type One =\n  | 1\n  /** That. */\n  | { a: number };'],
  ['what tells branches apart', "/** It. */\nexport type One = { kind: 'a'; b?: undefined };"],
  [
    'what nobody else sees',
    '/** It. */\nexport class One {\n  private a = 1;\n  #b = 1;\n  protected c = 1;\n}',
  ],
  ['what is named by a symbol', '/** It. */\nexport interface One {\n  [Symbol.asyncDispose](): void;\n}'],
  [
    'what a conditional type asks for',
    '/** It. */\nexport type One<T> = T extends { a: infer A } ? A : undefined;',
  ],
])('%s is enough', async (_case, source) => {
  expect(await found(source)).toEqual([]);
});

test('types that an export is made of count, though they are not exported', async () => {
  const source = `
interface Base { a: number }
/** It. */
export interface One extends Base {}
type Part = { b: number };
/** That. */
export type Two = Readonly<Part>;
`;
  expect(await found(source)).toEqual([
    '2: Base has no docstring',
    '2: Base.a has no docstring',
    '5: Part has no docstring',
    '5: Part.b has no docstring',
  ]);
});

test('what is in the file and not exported does not count', async () => {
  const root = await fixture({
    'packages/a/package.json': manifest,
    'packages/a/src/index.ts': "export { one } from './one.js';\nexport { other } from 'other';\n",
    'packages/a/src/one.ts': '/** It. */\nexport const one = 1;\nexport const two = 2;\n',
  });
  expect(await docstringsCheck.run(root)).toEqual([]);
});
