import { randomBytes, randomUUID } from 'node:crypto';
import { accessSync, constants, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { AmlAuthError } from '@aml-auth/core';

import { closed } from '../closed.js';

/** Which folder a key file goes into. */
export type KeyFolder = 'auto' | 'agent';

/**
 * The key files of Azure Arc: whoever can read one proves to run on the machine. Every challenge writes
 * a file of its own, whose key opens the endpoint once.
 */
export interface ArcKeys {
  /**
   * Makes sure that the folder is there and can be written to.
   *
   * @throws {AmlAuthError} `AML_CONFIG_INVALID`, and `AML_UNAVAILABLE` after the end
   */
  prepare(folder: KeyFolder): string;
  /** Writes a key file for the host and returns its path. */
  issue(hostName: string, folder: KeyFolder): string;
  /** Whether the text is a key of the host that was not used yet. From now on it is used. */
  redeem(hostName: string, key: string): boolean;
  /** Removes all key files, and the folders that were made for them. From now on none is written. */
  dispose(): void;
}

/** Where the agent of Azure Arc puts key files, which is where clients want them. */
export interface ArcKeysOptions {
  /** Default: that of the operating system. */
  readonly agentFolder?: string | undefined;
}

interface Key {
  readonly hostName: string;
  readonly path: string;
}

/** Keys that were issued and not used; the oldest make room for new ones. */
const LIMIT = 16;

/** The {@link ArcKeys} of one emulator. Writes nothing before it is asked to. */
export function createArcKeys(options: ArcKeysOptions = {}): ArcKeys {
  const keys = new Map<string, Key>();
  let own: string | undefined;
  let isOver = false;
  /** The agent's folder, and the outermost folder that had to be made for it. */
  let agent: { readonly folder: string; readonly made: string | undefined } | undefined;

  function prepare(folder: KeyFolder): string {
    // A request that was on its way may come here after the end; nobody would remove its file.
    if (isOver) throw closed('writes no key files');
    if (folder === 'auto') return (own ??= mkdtempSync(join(tmpdir(), 'aml-auth-emulator-arc-')));
    const folderOfAgent = options.agentFolder ?? agentFolder();
    // Each time, since it is not the emulator's alone.
    const made = openAgentFolder(folderOfAgent);
    agent = { folder: folderOfAgent, made: agent?.made ?? made };
    return folderOfAgent;
  }

  function remove(text: string): void {
    const key = keys.get(text);
    if (key === undefined) return;
    keys.delete(text);
    rmSync(key.path, { force: true });
  }

  return {
    prepare,
    issue(hostName, folder) {
      const path = join(prepare(folder), `${randomUUID()}.key`);
      const text = randomBytes(32).toString('hex');
      writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
      keys.set(text, { hostName, path });
      const [oldest] = keys.keys();
      if (keys.size > LIMIT && oldest !== undefined) remove(oldest);
      return path;
    },
    redeem(hostName, text) {
      if (keys.get(text)?.hostName !== hostName) return false;
      remove(text);
      return true;
    },
    dispose() {
      isOver = true;
      for (const text of [...keys.keys()]) remove(text);
      if (own !== undefined) rmSync(own, { recursive: true, force: true });
      if (agent?.made !== undefined) removeEmpty(agent.folder, agent.made);
      own = undefined;
      agent = undefined;
    },
  };
}

function agentFolder(): string {
  if (process.platform === 'linux') return '/var/opt/azcmagent/tokens';
  const programData = process.env['ProgramData'];
  if (process.platform === 'win32' && programData !== undefined) {
    return join(programData, 'AzureConnectedMachineAgent', 'Tokens');
  }
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `Azure Arc has no folder for key files on ${process.platform}.`,
    remedy: 'Leave keyDir out of the host in the seed: its key files then go to a temporary folder.',
  });
}

/** Returns the outermost folder that had to be made. */
function openAgentFolder(folder: string): string | undefined {
  try {
    const made = mkdirSync(folder, { recursive: true, mode: 0o755 });
    accessSync(folder, constants.W_OK);
    return made;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `The folder ${folder}, where a host of the seed puts the key files of Azure Arc, cannot be written to (${code}).`,
      remedy:
        'Run the emulator as a user who may write there, or leave keyDir out of the host in the seed: its key files then go to a temporary folder.',
      cause,
    });
  }
}

/** Removes the folder and those around it up to the one that was made, as far as nobody else put something there. */
function removeEmpty(folder: string, made: string): void {
  try {
    for (let current = folder; current.length >= made.length; current = dirname(current)) rmdirSync(current);
  } catch {
    // Not empty, or gone already.
  }
}
