import { AmlAuthError } from '@aml-auth/core';
import { trustedUrl } from '../http/trusted-url.js';

/** One page of a listing, as ARM sends it. */
interface Page {
  readonly items: readonly unknown[];
  readonly nextLink: string | undefined;
}

/** What {@link listItems} needs. */
export interface ListOptions {
  readonly firstUrl: string;
  /** Origin that every further page must have. */
  readonly endpoint: string;
  readonly limit: number | undefined;
  /** Fetches and parses one page. */
  readonly fetchPage: (url: string) => Promise<unknown>;
}

/**
 * The items of all pages, one page at a time. Ends where `nextLink` is absent, null or empty (Azure
 * Resource Manager RPC, paging); a page without items and with a `nextLink` is legal.
 *
 * @throws {AmlAuthError} `AML_UNTRUSTED_HOST` for a `nextLink` to another origin, `AML_RESPONSE_INVALID`
 *   for one that was followed before, is no URL, or a page that is none
 */
export async function* listItems(options: ListOptions): AsyncGenerator<unknown, void, undefined> {
  const { endpoint, fetchPage, limit = Number.POSITIVE_INFINITY } = options;
  if (!(limit >= 0)) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `limit ${String(limit)} is not a number of items.`,
      remedy: 'Give 0 or more, or leave it out for all items.',
    });
  }
  const seen = new Set<string>();
  let url: string | undefined = options.firstUrl;
  let left = limit;
  while (url !== undefined && left > 0) {
    seen.add(url);
    const page = readPage(await fetchPage(url), url);
    for (const item of page.items) {
      yield item;
      left -= 1;
      if (left <= 0) return;
    }
    url = page.nextLink === undefined ? undefined : trustedUrl(page.nextLink, endpoint).href;
    if (url !== undefined && seen.has(url)) throw invalid(url, 'its nextLink leads back to an earlier page');
  }
}

function readPage(body: unknown, url: string): Page {
  const { value, nextLink } = (body ?? {}) as { value?: unknown; nextLink?: unknown };
  if (!Array.isArray(value)) throw invalid(url, 'it has no list in "value"');
  if (nextLink === undefined || nextLink === null || nextLink === '')
    return { items: value, nextLink: undefined };
  if (typeof nextLink !== 'string') throw invalid(url, 'its nextLink is not text');
  return { items: value, nextLink };
}

function invalid(url: string, problem: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `The page of ${new URL(url).pathname} cannot be used: ${problem}.`,
    remedy: 'Report it to the service behind this path; until then, ask for single resources.',
  });
}
