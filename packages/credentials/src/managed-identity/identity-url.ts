import { AmlAuthError } from '@aml-auth/core';

const LOCAL = /^(?:localhost|127(?:\.\d{1,3}){3}|169\.254(?:\.\d{1,3}){2}|\[::1\]|\[fe80:[\da-f:]+\])$/i;

/**
 * The URL of an identity endpoint with its query. The request carries a secret, or would hand the
 * identity to whoever answers: without permission it goes to loopback and link-local addresses only.
 *
 * @param variable - the environment variable that the endpoint came from, for the error
 * @throws {AmlAuthError} `AML_UNTRUSTED_HOST` or `AML_CONFIG_INVALID`
 */
export function identityUrl(
  endpoint: string,
  variable: string,
  query: Readonly<Record<string, string | undefined>>,
  allowRemote: boolean,
): string {
  const url = URL.parse(endpoint);
  const web = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url === null || !web || url.username !== '' || url.password !== '') {
    throw refused('AML_CONFIG_INVALID', `${variable} is not an http URL.`, `Check who set ${variable}.`);
  }
  if (!allowRemote && !LOCAL.test(url.hostname)) {
    throw refused(
      'AML_UNTRUSTED_HOST',
      `${variable} names ${url.hostname}, which is not on this machine; nothing was sent.`,
      `Check who set ${variable}, or set allowRemoteEndpoint if the platform really has it there.`,
    );
  }
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url.href;
}

function refused(
  code: 'AML_CONFIG_INVALID' | 'AML_UNTRUSTED_HOST',
  message: string,
  remedy: string,
): AmlAuthError {
  return new AmlAuthError({ code, message, remedy });
}
