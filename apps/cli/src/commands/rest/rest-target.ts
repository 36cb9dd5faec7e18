import { AmlAuthError, type Cloud } from '@aml-auth/core';

/** Where a raw call goes. */
export type RestTarget =
  | { readonly service: 'graph'; readonly url: string }
  | {
      readonly service: 'resourceManager';
      readonly path: string;
      readonly query: Record<string, string>;
      readonly apiVersion: string;
    };

/**
 * The service behind a path or an address. A token goes to the Resource Manager and Microsoft Graph of the cloud, by their
 * whole origin, and nowhere else.
 *
 * @throws {AmlAuthError} `AML_UNTRUSTED_HOST` for another host, `AML_CONFIG_INVALID` for what is no address
 */
export function restTarget(
  address: string,
  cloud: Cloud,
  flags: { readonly apiVersion?: string | undefined; readonly all: boolean },
): RestTarget {
  const url =
    address.startsWith('/') && !address.startsWith('//')
      ? URL.parse(address, cloud.resourceManager.endpoint)
      : URL.parse(address);
  if (url === null) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `${JSON.stringify(address)} is neither a path nor an address.`,
      remedy: 'Give a path that begins with a slash, or an https address.',
    });
  }
  const { origin, username, password } = url;
  const isClean = username === '' && password === '';
  if (isClean && url.href.startsWith(`${cloud.graph.endpoint}/`)) {
    if (!flags.all) return { service: 'graph', url: url.href };
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: '--all follows the pages of the Azure Resource Manager only.',
      remedy: 'Leave --all out.',
    });
  }
  if (!isClean || origin !== URL.parse(cloud.resourceManager.endpoint)?.origin) {
    throw new AmlAuthError({
      code: 'AML_UNTRUSTED_HOST',
      message: `${origin} is not a service of the cloud ${cloud.name}: no token is sent there.`,
      remedy: `Call ${cloud.resourceManager.endpoint} or ${cloud.graph.endpoint}.`,
    });
  }
  const query = Object.fromEntries(url.searchParams);
  const { 'api-version': inAddress, ...others } = query;
  const apiVersion = flags.apiVersion ?? inAddress;
  if (apiVersion === undefined) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'The version of the interface is not given.',
      remedy: 'Give it with --api-version, such as 2022-12-01.',
    });
  }
  return { service: 'resourceManager', path: decodeURIComponent(url.pathname), query: others, apiVersion };
}
