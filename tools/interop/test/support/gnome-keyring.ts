import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A GNOME Keyring on the message bus of this session, with an unlocked keyring of its own. */
export interface GnomeKeyring {
  /** Stops it as it is, or lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Locks the keyring: it opens for nobody but a person with the passphrase. */
  lock(): Promise<void>;
  close(): Promise<void>;
}

export async function gnomeKeyring(): Promise<GnomeKeyring> {
  const home = await mkdtemp(join(tmpdir(), 'aml-auth-keyring-'));
  const child = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = once(child, 'exit');
  child.stdin.end('a passphrase of the tests');
  await onTheBus(child);
  return {
    signal: (signal) => void child.kill(signal),
    async lock() {
      await promisify(execFile)('dbus-send', LOCK);
    },
    async close() {
      child.kill('SIGKILL');
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A name on the bus is looked up without starting whoever would own it. */
const LOOK_UP = [
  '--session',
  '--print-reply',
  '--dest=org.freedesktop.DBus',
  '/org/freedesktop/DBus',
  'org.freedesktop.DBus.GetNameOwner',
  'string:org.freedesktop.secrets',
];

/** Secret Service API, `org.freedesktop.Secret.Service.Lock`. */
const LOCK = [
  '--session',
  '--print-reply',
  '--dest=org.freedesktop.secrets',
  '/org/freedesktop/secrets',
  'org.freedesktop.Secret.Service.Lock',
  'array:objpath:/org/freedesktop/secrets/collection/login',
];

async function onTheBus({ pid }: ChildProcess): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    const found = await promisify(execFile)('dbus-send', LOOK_UP).catch(() => undefined);
    if (found !== undefined) return;
    await setTimeout(25);
  }
  throw new Error(`gnome-keyring-daemon (process ${String(pid)}) did not come up on the message bus.`);
}
