import { builtins } from '../lib/builtins.js';

/**
 * Names the space in which process ids mean something: this host, since its last boot, in this container. On
 * other systems than Linux it is the name of the host.
 */
export function machineName(): string {
  const boot = attempt(() => builtins.fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const space = attempt(() => builtins.fs.readlinkSync('/proc/self/ns/pid'));
  return [builtins.os.hostname(), boot, space].join('|');
}

/** Whether a process of this machine is alive. A stopped one is. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
