import { expect, it } from 'vitest';
import { promisedOutput } from '../src/samples/promised-output.ts';

it('takes the first block of plain text for what a sample prints', () => {
  const readme = '# S\n\n```sh\nnpm start\n```\n\n```text\na  b\nc\n```\n\n```text\nother\n```\n';
  expect(promisedOutput(readme)).toBe('a  b\nc\n');
  expect(promisedOutput('# S\n\n```sh\nnpm start\n```\n')).toBeUndefined();
});
