import { silentLogger, type Logger } from '@aml-auth/core';

/** Keeps count of what the proxy did not let through. */
export interface Refusals {
  /** For the emulator. */
  readonly logger: Logger;
  /** Lines for people, or nothing. */
  summary(): string;
}

/** A {@link Refusals} with nothing in it. */
export function createRefusals(): Refusals {
  const hosts = new Map<string, number>();
  return {
    logger: {
      ...silentLogger,
      info({ event, host }) {
        if (event !== 'emulator.proxy.refused' || typeof host !== 'string') return;
        hosts.set(host, (hosts.get(host) ?? 0) + 1);
      },
    },
    summary() {
      const [first] = hosts.keys();
      if (first === undefined) return '';
      const list = [...hosts].map(([host, times]) => (times === 1 ? host : `${host} (${times} times)`));
      const example = first.replace(/:\d+$/, '');
      return `The emulator let nothing through to ${list.join(', ')}.\n  next: Where the program needs one of them, add --passthrough, such as --passthrough ${example}\n`;
    },
  };
}
