/** The names under which the emulator can be reached. */
export interface OwnHosts {
  /** Set once the port is known. */
  port: number;
}

const NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** Every host of the emulator as URLs write it: with its port, unless that is 443. */
export function ownHosts(hosts: OwnHosts): readonly string[] {
  return NAMES.map((name) => new URL(`https://${name}:${hosts.port}`).host);
}

/**
 * Whether a host is the emulator itself.
 *
 * @param host - with its port, unless that is 443
 */
export function isOwnHost(hosts: OwnHosts, host: string): boolean {
  return ownHosts(hosts).includes(host.toLowerCase().replace(/:443$/, ''));
}

/** Where the emulator is: `https://localhost:PORT`. */
export function originOf(hosts: OwnHosts): string {
  return new URL(`https://localhost:${hosts.port}`).origin;
}
