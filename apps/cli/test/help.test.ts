import { generateHelpTextForAllCommands, type Application, type CommandContext } from '@stricli/core';
import { describe, expect, it } from 'vitest';
import { application } from '../src/application.js';
import { koreanTexts } from '../src/messages/korean/korean-texts.js';
import { korean } from '../src/messages/korean/korean.js';
import { english } from '../src/messages/english.js';
import { parseCli, runCli, wordsOf } from './support/run-cli.js';

const helps = generateHelpTextForAllCommands(application('0.0.0') as unknown as Application<CommandContext>);
const examplesOf = (text: string): readonly string[] =>
  (/\nEXAMPLES\n((?: {2}aml-auth .*\n?)+)/.exec(text)?.[1] ?? '').split('\n').filter(Boolean);

describe('the help', () => {
  it.each(helps)('of %s has examples, which parse and reach that command', async (route, text) => {
    const examples = examplesOf(text);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect(example.trim().startsWith(route), example).toBe(true);
      const [, ...args] = wordsOf(example);
      expect(await parseCli(args), example).toBeDefined();
    }
  });

  it.each(helps)('of %s is the same where the words of the command line are known', (route, text) => {
    const [, ...words] = route.split(' ');
    const known = generateHelpTextForAllCommands(
      application('0.0.0', { words }) as unknown as Application<CommandContext>,
    );
    expect(known).toEqual([[route, text]]);
  });

  it('is data on standard output, and wants no configuration', async () => {
    const { code, stdout, stderr } = await runCli(['token', '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('EXAMPLES\n  aml-auth token\n');
  });
});

describe('Korean', () => {
  /** Every text that a command or group asks the catalogue for. */
  const asked = new Set<string>();
  const recorder = new Proxy<Record<string, string>>(
    {},
    {
      get(_target, name) {
        asked.add(String(name));
        return undefined;
      },
    },
  );
  application('0.0.0', { messages: { ...english, commandTexts: recorder } });

  it('has every text of the commands, and none that is not used any more', () => {
    expect([...asked].filter((text) => koreanTexts[text] === undefined)).toEqual([]);
    expect(Object.keys(koreanTexts).filter((text) => !asked.has(text))).toEqual([]);
  });

  it('is Korean in help, in hints and in errors, with the code and the cause as they are', async () => {
    const options = { application: { messages: korean } };
    expect((await runCli(['token', '--help'], options)).stdout).toMatch(/사용법[\s\S]*\n예\n[\s\S]*옵션/);
    const typo = await runCli(['tokn'], options);
    expect([typo.code, typo.stderr]).toEqual([2, expect.stringContaining('혹시 `token`인가요?')]);
    expect((await runCli(['whoami', '-o', 'xml'], options)).stderr).toContain('중 하나여야 합니다');
    const failure = await runCli(['whoami'], options);
    expect(failure.stderr).toMatch(/^오류 AML_NOT_CONFIGURED: 이 로그인 방법.*\n {2}원인: Nobody/);
  });

  it('is English in JSON', async () => {
    const { stderr } = await runCli(['whoami', '-o', 'json'], { application: { messages: korean } });
    expect(JSON.parse(stderr)).toMatchObject({
      error: { message: expect.stringContaining('Nobody') as string },
    });
  });
});
