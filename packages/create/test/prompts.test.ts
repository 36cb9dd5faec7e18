import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { atTerminal, hasTerminal, type TerminalStep } from '@aml-auth/testkit/terminal';
import { describe, expect, onTestFinished, test } from 'vitest';

const MAIN = resolve(import.meta.dirname, '../dist/main.js');
const ENTER = '\r';
const CTRL_C = '\u0003';
const DOWN = '\u001b[B';
const BACKSPACE = '\u007f';
const FOLDER = 'The folder of the new app';
const SAMPLE = 'The sample';

/** Runs the built program at a terminal, in an empty folder. */
async function answering(args: readonly string[], steps: readonly TerminalStep[]) {
  const cwd = await mkdtemp(join(tmpdir(), 'aml-auth-create-'));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const env = { PATH: process.env['PATH'] ?? '', TERM: 'xterm' };
  const ended = await atTerminal({ program: [process.execPath, MAIN, ...args], cwd, env, steps });
  return { ...ended, made: await readdir(cwd), cwd };
}

const there = hasTerminal();
const why = there ? '' : ' (skipped: there is no python3 with pseudo terminals)';

describe.skipIf(!there)(`at a terminal${why}`, () => {
  test('asks for the folder and the sample, and makes what is chosen', async () => {
    const { code, shown, restored, left, made, cwd } = await answering(
      [],
      [
        { waitFor: FOLDER, type: `my-apx${BACKSPACE}p${ENTER}` },
        { waitFor: SAMPLE, type: ENTER },
      ],
    );
    expect([code, restored, left, made]).toEqual([0, true, 0, ['my-app']]);
    expect(shown).toContain('npm install');
    const manifest: unknown = JSON.parse(await readFile(join(cwd, 'my-app', 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: 'my-app' });
  });

  test('takes another sample by the arrow keys', async () => {
    const chosen = async (keys: string): Promise<string> => {
      const { code, cwd } = await answering(['app'], [{ waitFor: SAMPLE, type: keys + ENTER }]);
      expect(code).toBe(0);
      return readFile(join(cwd, 'app', 'README.md'), 'utf8');
    };
    expect(await chosen(DOWN)).not.toBe(await chosen(''));
  });

  test('says what is wrong with a name, and asks again', async () => {
    const { code, shown, made } = await answering(
      ['--sample', 'python'],
      [
        { waitFor: FOLDER, type: `My App${ENTER}` },
        { waitFor: 'names no app', type: `${BACKSPACE.repeat(6)}mine${ENTER}` },
      ],
    );
    expect([code, made]).toEqual([0, ['mine']]);
    expect(shown).not.toContain(SAMPLE);
  });

  test.each([
    ['the folder', [], [{ waitFor: FOLDER, type: `half${CTRL_C}` }]],
    ['the sample', ['mine'], [{ waitFor: SAMPLE, type: CTRL_C }]],
  ])(
    'Ctrl-C at the question for %s makes nothing and leaves the terminal as it was',
    async (_what, args, steps) => {
      const { code, shown, restored, made } = await answering(args, steps);
      expect([code, restored, made]).toEqual([130, true, []]);
      expect(shown).toContain('Nothing was made.');
      // Hidden by the question, shown again: DECTCEM.
      expect(shown.lastIndexOf('\u001b[?25h')).toBeGreaterThan(shown.lastIndexOf('\u001b[?25l'));
    },
  );

  test('asks nothing with --no-input', async () => {
    const { code, shown } = await answering(['--no-input'], []);
    expect(code).toBe(2);
    expect(shown).not.toContain('◆');
  });
});
