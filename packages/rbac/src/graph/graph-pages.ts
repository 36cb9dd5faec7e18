import { AmlAuthError } from '@aml-auth/core';

/** What {@link graphPages} needs. */
export interface GraphPagesOptions {
  readonly firstUrl: string;
  /** What the URL of every further page must begin with. */
  readonly base: string;
  readonly fetchPage: (url: string) => Promise<unknown>;
}

/**
 * The items of a listing, page by page along `@odata.nextLink`
 * ([paging](https://learn.microsoft.com/graph/paging)).
 *
 * @throws {AmlAuthError} `AML_UNTRUSTED_HOST` for a link that leads out of Microsoft Graph, `AML_RESPONSE_INVALID`
 *   for one that was followed before and for a page that is none
 */
export async function* graphPages(options: GraphPagesOptions): AsyncGenerator<unknown, void, undefined> {
  const seen = new Set<string>();
  let url: string | undefined = options.firstUrl;
  while (url !== undefined) {
    if (seen.has(url)) throw invalid(url, 'its @odata.nextLink leads back to an earlier page');
    seen.add(url);
    const page = ((await options.fetchPage(url)) ?? {}) as Record<string, unknown>;
    const items = page['value'];
    if (!Array.isArray(items)) throw invalid(url, 'it has no list in "value"');
    yield* items as readonly unknown[];
    url = nextOf(page['@odata.nextLink'], url, options.base);
  }
}

function nextOf(link: unknown, from: string, base: string): string | undefined {
  if (link === undefined || link === null || link === '') return undefined;
  const url = typeof link === 'string' ? URL.parse(link) : null;
  if (url === null) throw invalid(from, 'its @odata.nextLink is no URL');
  const home = new URL(base);
  if (url.origin === home.origin && url.pathname.startsWith(home.pathname)) return url.href;
  throw new AmlAuthError({
    code: 'AML_UNTRUSTED_HOST',
    message: `The next page of ${new URL(from).pathname} is at ${url.origin}${url.pathname}, outside ${base}; nothing was sent there.`,
    remedy: 'Check the endpoint of the cloud, and that no proxy answers in its place.',
  });
}

function invalid(url: string, problem: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `The page of ${new URL(url).pathname} cannot be used: ${problem}.`,
    remedy: 'Check the endpoint of the cloud, and that no proxy answers in its place.',
  });
}
