import { expect, it } from 'vitest';
import { promisedOutput } from '../src/samples/promised-output.ts';
import { programsOf, readmeTrial } from '../src/samples/readme-trial.ts';

it('takes the first block of plain text for what a sample prints', () => {
  const readme = '# S\n\n```sh\nnpm start\n```\n\n```text\na  b\nc\n```\n\n```text\nother\n```\n';
  expect(promisedOutput(readme)).toBe('a  b\nc\n');
  expect(promisedOutput('# S\n\n```sh\nnpm start\n```\n')).toBeUndefined();
});

const block = (...lines: string[]): string => ['```sh', ...lines, '```'].join('\n');
const readme = [
  '# S',
  block('setup'),
  '## Try it without an Azure account',
  block('mvn -q package', 'npx -y @aml-auth/cli emulator run -- java -jar a.jar'),
  '```text\nws1\n```',
  'And:',
  block('npx -y @aml-auth/cli emulator run -- npx -y @aml-auth/cli exec -- python3 main.py'),
  '## Use it with Azure',
  block('az login'),
].join('\n\n');

it('takes the commands of one section for the trial of a sample', () => {
  expect(readmeTrial(readme).map((text) => text.split('\n')[0])).toEqual([
    'mvn -q package',
    'npx -y @aml-auth/cli emulator run -- npx -y @aml-auth/cli exec -- python3 main.py',
  ]);
  expect(readmeTrial(readme.slice(0, readme.indexOf('## Use')))).toHaveLength(2);
  expect(readmeTrial('# S\n\n## Use it\n\n' + block('x'))).toEqual([]);
});

it('knows the programs that commands start, whatever stands before them', () => {
  expect(programsOf(readmeTrial(readme))).toEqual(['java', 'mvn', 'npx', 'python3']);
});
