import { AmlAuthError } from '@aml-auth/core';

/**
 * The URL, parsed, where a token for `endpoint` may go: https, the same origin, no user info.
 *
 * @throws {AmlAuthError} `AML_UNTRUSTED_HOST`
 */
export function trustedUrl(url: string, endpoint: string): URL {
  return trustedUrls(endpoint)(url);
}

/** {@link trustedUrl} for many URLs of one endpoint, which is parsed once. */
export function trustedUrls(endpoint: string): (url: string) => URL {
  const home = URL.parse(endpoint);
  return (url) => checked(url, endpoint, home);
}

function checked(url: string, endpoint: string, home: URL | null): URL {
  const parsed = URL.parse(url);
  const problem = problemOf(parsed, home);
  if (parsed !== null && problem === undefined) return parsed;
  throw new AmlAuthError({
    code: 'AML_UNTRUSTED_HOST',
    message: `No token is sent to ${parsed?.origin ?? 'a relative URL'}: ${problem ?? 'it is not a URL'}.`,
    remedy: `Use a URL under ${home?.origin ?? endpoint}, or configure the cloud that the host belongs to.`,
  });
}

function problemOf(url: URL | null, home: URL | null): string | undefined {
  if (url === null) return 'it is not an absolute URL';
  if (url.protocol !== 'https:') return 'it is not https';
  if (url.username !== '' || url.password !== '') return 'it carries user info';
  if (url.origin !== home?.origin) {
    return `the configured cloud is at ${home?.origin ?? 'no valid URL'}`;
  }
  return undefined;
}
