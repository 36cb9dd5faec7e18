import { findVirtualHost, type VirtualHost } from '../proxy/virtual-hosts.js';

/** The names under which the emulator can be reached. */
export interface OwnHosts {
  /** Set once the port is known. */
  port: number;
  /** Whether it stands in for hosts of Azure as well (proxy mode). Default false. */
  readonly proxy?: boolean;
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

/**
 * Whether a host is an authority of the emulator: itself or, in proxy mode, one of Microsoft Entra ID.
 *
 * @param host - with its port, unless that is 443
 */
export function isOwnAuthority(hosts: OwnHosts, host: string): boolean {
  return isOwnHost(hosts, host) || virtualHostOf(hosts, host)?.face === 'login';
}

/** The host of Azure that a host is, in proxy mode. Its port does not matter. */
export function virtualHostOf(hosts: OwnHosts, host: string): VirtualHost | undefined {
  return hosts.proxy === true ? findVirtualHost(host) : undefined;
}

/** Where the emulator is: `https://localhost:PORT`. */
export function originOf(hosts: OwnHosts): string {
  return new URL(`https://localhost:${hosts.port}`).origin;
}
