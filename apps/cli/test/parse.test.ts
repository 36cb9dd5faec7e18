import { describe, expect, it } from 'vitest';
import { commands } from '../src/commands.js';
import { english } from '../src/messages/english.js';
import { parseCli, runCli } from './support/run-cli.js';

interface Flag {
  readonly kind: 'boolean' | 'enum' | 'parsed';
  readonly placeholder?: string;
  readonly optional?: boolean;
  readonly default?: unknown;
  readonly values?: readonly string[];
  readonly variadic?: boolean | string;
  readonly withNegated?: boolean;
}
interface Positional {
  readonly placeholder: string;
  readonly optional?: boolean;
}
/** A command as Stricli has it: what its help is made from. */
interface Leaf {
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, Flag>>;
  readonly aliases: Readonly<Record<string, string>>;
  readonly positionals: readonly Positional[];
}
interface Node {
  readonly getAllEntries?: () => readonly {
    readonly name: { readonly original: string };
    readonly target: Node;
  }[];
  readonly parameters: {
    readonly flags?: Leaf['flags'];
    readonly aliases?: Leaf['aliases'];
    readonly positional?: {
      readonly parameters?: readonly Positional[];
      readonly parameter?: Positional;
      readonly minimum?: number;
    };
  };
}

function leavesOf(node: Node, words: readonly string[] = []): readonly Leaf[] {
  const entries = node.getAllEntries?.();
  if (entries !== undefined) {
    return entries.flatMap(({ name, target }) => leavesOf(target, [...words, name.original]));
  }
  const { flags = {}, aliases = {}, positional } = node.parameters;
  const { parameter } = positional ?? {};
  const many = parameter === undefined ? [] : [{ ...parameter, optional: (positional?.minimum ?? 0) < 1 }];
  return [{ words, flags, aliases, positionals: positional?.parameters ?? many }];
}

const leaves = leavesOf(commands(english, []) as unknown as Node);
const GUID = '6d2b4b3c-9f63-4a0e-8f5e-0f6f1c1f2a11';

/** What somebody might give for a placeholder; for others a word. */
const VALUES: Readonly<Record<string, string>> = {
  guid: GUID,
  url: 'https://localhost:8443',
  'name|url': 'AzureCloud',
  time: '5m',
  duration: '5m',
  port: '8400',
  number: '8400',
  count: '2',
  date: '2024-10-01',
  'owner/repository': 'contoso/models',
  operation: 'Microsoft.MachineLearningServices/workspaces/read',
  'path|url': '/subscriptions',
  shell: 'zsh',
  host: 'pypi.org',
  access: 'read',
  'system|id': 'system',
};
const valueOf = ({ placeholder = '' }: Flag | Positional): string => VALUES[placeholder] ?? 'word';
const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const lineOf = ({ words }: Leaf): string => words.join(' ');

/** The words that the command cannot do without, less one option. */
function needed({ words, flags, positionals }: Leaf, except = ''): readonly string[] {
  const options = Object.entries(flags).flatMap(([name, flag]) => {
    const isNeeded = flag.optional !== true && flag.default === undefined && flag.kind !== 'boolean';
    return isNeeded && name !== except ? [`--${kebab(name)}`, flag.values?.[0] ?? valueOf(flag)] : [];
  });
  const [first, ...rest] = positionals.filter(({ optional }) => optional !== true).map(valueOf);
  return [...words, ...options, ...(first === undefined ? [] : [first, ...rest])];
}

/** Every way to write an option down, and what is to come of it. */
function writings(
  flag: Flag,
  name: string,
): readonly (readonly [words: readonly string[], value: unknown])[] {
  const option = `--${kebab(name)}`;
  const one = (value: unknown): unknown => (flag.variadic === undefined ? value : [value]);
  if (flag.kind === 'boolean') {
    const hasNo = flag.withNegated !== false && flag.optional !== true;
    return [[[option], true], ...(hasNo ? ([[[`--no-${kebab(name)}`], false]] as const) : [])];
  }
  if (flag.kind === 'enum') {
    return (flag.values ?? []).flatMap((value) => [
      [[option, value], one(value)] as const,
      [[`${option}=${value}`], one(value)] as const,
    ]);
  }
  return [[[option, valueOf(flag)], expect.anything()]];
}

describe.each(leaves.map((leaf) => [lineOf(leaf), leaf] as const))('%s', (_line, leaf) => {
  it('parses every option that its help has, by its name and by its letter', async () => {
    for (const [name, flag] of Object.entries(leaf.flags)) {
      for (const [words, value] of writings(flag, name)) {
        const line = [...needed(leaf, name), ...words];
        expect([line.join(' '), (await parseCli(line))?.flags[name]]).toEqual([line.join(' '), value]);
      }
    }
    for (const [letter, name] of Object.entries(leaf.aliases)) {
      const flag = leaf.flags[name];
      expect(flag, `-${letter}`).toBeDefined();
      const value = flag?.kind === 'boolean' ? [] : [flag?.values?.[0] ?? valueOf(flag!)];
      const line = [...needed(leaf, name), `-${letter}`, ...value];
      expect([line.join(' '), (await parseCli(line))?.flags[name]]).toEqual([
        line.join(' '),
        expect.anything(),
      ]);
    }
  });

  it('refuses an option that it does not have with 2, and says which was meant', async () => {
    const [name = ''] = Object.keys(leaf.flags).toSorted((a, b) => b.length - a.length);
    const wrong = `--${kebab(name)}x`;
    const words = [...needed(leaf), wrong];
    const { code, stdout, stderr } = await runCli(words, { application: { words } });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`No flag registered for ${wrong}, did you mean --${kebab(name)}?`);
  });

  it('refuses an option without its value, and a value that is none of those there are', async () => {
    for (const [name, flag] of Object.entries(leaf.flags)) {
      if (flag.kind === 'boolean') continue;
      const option = `--${kebab(name)}`;
      const { code, stdout, stderr } = await runCli([...needed(leaf, name), option]);
      expect([option, code, stdout]).toEqual([option, 2, '']);
      expect(stderr).toContain(option);
      if (flag.kind !== 'enum') continue;
      const other = await runCli([...needed(leaf, name), option, `${flag.values?.[0] ?? ''}x`]);
      expect([option, other.code, other.stdout]).toEqual([option, 2, '']);
      expect(other.stderr).toMatch(/to be one of \(.*\), did you mean "/);
    }
  });

  it('refuses to go without what it needs', async () => {
    const all = needed(leaf);
    for (let count = leaf.words.length; count < all.length; count += 1) {
      const { code, stdout } = await runCli(all.slice(0, count));
      expect([all.slice(0, count).join(' '), code, stdout]).toEqual([all.slice(0, count).join(' '), 2, '']);
    }
  });
});

it('knows every command, and says which one was meant', async () => {
  expect(leaves.length).toBeGreaterThan(80);
  const { code, stderr } = await runCli(['workspac', 'show']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('workspace')]);
});

it('proposes what is two letters away at most, and nothing that is far from what was written', async () => {
  const ask = async (option: string): Promise<string> => {
    const words = ['token', option];
    return (await runCli(words, { application: { words } })).stderr;
  };
  expect(await ask('--clinet-id')).toContain('did you mean --client-id?');
  expect(await ask('--min-tt')).toContain('did you mean --min-ttl?');
  const far = await ask('--nothing-like-it');
  expect(far).toContain('No flag registered for --nothing-like-it\n');
  expect(far).not.toContain('did you mean');
});
