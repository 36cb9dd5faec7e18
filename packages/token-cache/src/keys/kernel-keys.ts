import type { KeySource } from '../sealing/key-source.js';
import { boxedKeys, type SecretBox } from './secret-box.js';
import { unavailableKeys } from './unavailable-keys.js';
import { builtins } from '../lib/builtins.js';

/** Options of {@link kernelKeys}. */
export interface KernelKeysOptions {
  /** The program `keyctl` of keyutils. Default: looked for in PATH. */
  readonly keyctl?: string | undefined;
  /** Longest time for all calls of the program together. Default 2,000 milliseconds. */
  readonly limitMs?: number | undefined;
}

/** What a run of the program gave. */
interface Run {
  readonly code: number;
  readonly output: string;
}

/** The keyring of the user; it lives until the last process of the user ends, at most until the next boot. */
const KEYRING = '@u';

/**
 * Keys in the keyring of the Linux kernel, by the program `keyctl` (package keyutils): for machines without a
 * desktop. Keys are gone after a restart; what they sealed is then not readable, and tokens are fetched anew.
 */
export function kernelKeys(options: KernelKeysOptions = {}): KeySource {
  const { keyctl = 'keyctl', limitMs = 2_000 } = options;
  return boxedKeys({ tier: 'kernel', limitMs, open: () => kernelBox(keyctl, limitMs) });
}

async function kernelBox(keyctl: string, limitMs: number): Promise<SecretBox> {
  const title = `The keyring of the kernel, by ${keyctl}`;
  const run = (args: readonly string[], input = ''): Promise<Run> => runProgram(keyctl, args, input, limitMs);
  // A key may be read where the session holds the keyring; a service or container often starts without the link.
  await run(['link', KEYRING, '@s']);

  async function find(name: string): Promise<string | undefined> {
    const { code, output } = await run(['search', KEYRING, 'user', described(name)]);
    return code === 0 ? output.trim() : undefined;
  }

  return {
    title,
    async read(name) {
      const id = await find(name);
      if (id === undefined) return undefined;
      const { code, output } = await run(['pipe', id]);
      if (code === 0) return output;
      throw unavailableKeys(`${title} has the key and does not give it.`, 'Run: keyctl link @u @s');
    },
    async write(name, secret) {
      // By standard input: arguments are seen by everybody on the machine.
      const { code } = await run(['padd', 'user', described(name), KEYRING], secret);
      if (code !== 0) throw unavailableKeys(`${title} takes no key.`, 'Use another tier on this machine.');
    },
    async remove(name) {
      const id = await find(name);
      if (id !== undefined) await run(['unlink', id, KEYRING]);
    },
  };
}

function described(name: string): string {
  return `aml-auth:${name}`;
}

function runProgram(program: string, args: readonly string[], input: string, limitMs: number): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = builtins.childProcess.spawn(program, args, {
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: limitMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.once('error', () => {
      reject(unavailableKeys(`${program} cannot be started.`, 'Install keyutils, on Linux.'));
    });
    child.once('close', (code) => {
      resolve({ code: code ?? 1, output });
    });
    // A program that ends without reading is no failure of its own.
    child.stdin.on('error', () => undefined).end(input);
  });
}
