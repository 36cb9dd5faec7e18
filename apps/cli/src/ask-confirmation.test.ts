import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askConfirmation } from './ask-confirmation.js';

/** What is answered to the keys, and what the person saw. */
async function answer(keys: string): Promise<{ readonly answer: boolean; readonly shown: string }> {
  const input = new PassThrough();
  const output = new PassThrough();
  const asked = askConfirmation('Delete it?', { input, output, signal: new AbortController().signal });
  input.write(keys);
  return { answer: await asked, shown: String(output.read()) };
}

describe('askConfirmation', () => {
  it('takes y for yes, n and Enter alone for no, and asks on the output that is given', async () => {
    expect(await answer('y')).toEqual({
      answer: true,
      shown: expect.stringContaining('Delete it?') as string,
    });
    expect((await answer('n')).answer).toBe(false);
    expect((await answer('\r')).answer).toBe(false);
  });

  it('ends with AML_CANCELLED after Ctrl-C', async () => {
    await expect(answer('\u0003')).rejects.toMatchObject({ code: 'AML_CANCELLED' });
  });
});
