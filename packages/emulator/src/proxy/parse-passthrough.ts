import { AmlAuthError } from '@aml-auth/core';

import { findVirtualHost } from './virtual-hosts.js';

/** Labels of letters, digits, hyphens and underscores; or an address in brackets. */
const HOST = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(?::\d{1,5})?$/;

/**
 * The hosts that the proxy lets through, as a test of `host:port`.
 *
 * @param hosts - names, each with a port or for all of them
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for what is no host, and for a host that the emulator stands in for
 */
export function parsePassthrough(hosts: readonly string[]): (host: string) => boolean {
  const known = new Set(hosts.map(parseHost));
  return (host) => {
    const target = host.toLowerCase();
    return known.has(target) || known.has(target.replace(/:\d+$/, ''));
  };
}

function parseHost(text: string): string {
  const host = text.trim().toLowerCase();
  if (!HOST.test(host)) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `The passthrough host "${text.slice(0, 200)}" is no host name, with or without a port.`,
      remedy: 'Give a name such as pypi.org, or pypi.org:443; not a URL.',
    });
  }
  if (findVirtualHost(host) !== undefined) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `The emulator stands in for ${host}, so that nothing can be let through to it.`,
      remedy: 'Take it off the passthrough list.',
    });
  }
  return host;
}
