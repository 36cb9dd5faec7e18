import { AmlAuthError, publicCloud, type Cloud } from '@aml-auth/core';

/**
 * Where secrets of the sign-in go: the authority of the cloud, as a plain https origin. A cloud may come from a
 * settings file; what only looks like a host name must not pass.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function authorityHostOf(cloud: Cloud = publicCloud): string {
  const { authorityHost } = cloud;
  const url = typeof authorityHost === 'string' ? URL.parse(authorityHost) : null;
  const isPlain = url?.protocol === 'https:' && url.origin === authorityHost && !url.hostname.endsWith('.');
  if (isPlain) return authorityHost;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The authority host of the cloud ${cloud.name} is not an https origin in its usual spelling.`,
    remedy: 'Give authorityHost as https://login.microsoftonline.com, without a path and a slash at its end.',
  });
}
