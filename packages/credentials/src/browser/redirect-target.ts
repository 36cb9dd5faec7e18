import { AmlAuthError } from '@aml-auth/core';

/** Where the browser brings the answer: an address of this machine. */
export interface RedirectTarget {
  /** As it is registered and as the browser's `Host` header says it: `localhost`, `127.0.0.1` or `[::1]`. */
  readonly hostname: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Begins with a slash. */
  readonly path: string;
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Reads a redirect URI of a native application: http, on loopback, with or without a port
 * (RFC 8252 section 7.3; Microsoft Entra ID ignores the port of `http://localhost`).
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function parseRedirectTarget(redirectUri: unknown): RedirectTarget {
  const url = typeof redirectUri === 'string' ? URL.parse(redirectUri) : null;
  const plain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url?.protocol === 'http:' && plain && LOOPBACK.has(url.hostname)) {
    return {
      hostname: url.hostname,
      port: Number(url.port || (namesPort80(redirectUri) ? 80 : 0)),
      path: url.pathname,
    };
  }
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: 'redirectUri is not an http address of this machine.',
    remedy: 'Give http://localhost, or http://localhost with a port and path, as it is registered.',
  });
}

/** The redirect URI as it is sent: without a lone slash, as it is usually registered. */
export function redirectUriOf({ hostname, path }: RedirectTarget, port: number): string {
  return `http://${hostname}:${port}${path === '/' ? '' : path}`;
}

/** `URL` drops the port that is the default of the scheme. */
function namesPort80(redirectUri: unknown): boolean {
  return typeof redirectUri === 'string' && /^http:\/\/[^/]+:80(?:\/|$)/i.test(redirectUri);
}
