import { AmlAuthError } from '@aml-auth/core';
import { trustedUrl } from '../http/trusted-url.js';

/** One page of a listing, as ARM sends it. */
export interface ArmPage {
  /** May be empty although more pages follow. */
  readonly items: readonly unknown[];
  /** Where the listing goes on: `continueFrom` of a later call. Undefined on the last page. */
  readonly next: string | undefined;
}

/** What {@link listPages} needs. */
export interface PagesOptions {
  readonly firstUrl: string;
  /** Origin that every further page must have. */
  readonly endpoint: string;
  /** Asks for the next page while the caller is at work on the last one. */
  readonly prefetch: boolean;
  readonly limit: number | undefined;
  /** Fetches and parses one page. Its signal ends a page that nobody wants any more. */
  readonly fetchPage: (url: string, signal: AbortSignal) => Promise<unknown>;
}

/**
 * The pages, at most one of them ahead of the caller. Ends where `nextLink` is absent, null or empty (Azure
 * Resource Manager RPC, paging), or where the pages so far hold `limit` items.
 *
 * @throws {AmlAuthError} `AML_UNTRUSTED_HOST` for a `nextLink` to another origin, `AML_RESPONSE_INVALID`
 *   for one that was followed before, is no URL, or a page that is none
 */
export async function* listPages(options: PagesOptions): AsyncGenerator<ArmPage, void, undefined> {
  const { endpoint, prefetch, fetchPage } = options;
  let left = checkedLimit(options.limit);
  const seen = new Set<string>();
  const ending = new AbortController();

  async function load(link: string, from: string): Promise<ArmPage> {
    const url = trustedUrl(link, endpoint).href;
    if (seen.has(url)) throw invalid(from, 'its nextLink leads back to an earlier page');
    seen.add(url);
    return readPage(await fetchPage(url, ending.signal), url);
  }

  function begin(link: string, from: string): Promise<ArmPage> {
    const page = load(link, from);
    // A failure of a page ahead is told when its turn comes, or never.
    page.catch(() => undefined);
    return page;
  }

  try {
    let from = options.firstUrl;
    let ahead = left > 0 ? begin(from, from) : undefined;
    while (ahead !== undefined) {
      const page: ArmPage = await ahead;
      left -= page.items.length;
      const { next } = page;
      const goesOn = next !== undefined && left > 0;
      ahead = goesOn && prefetch ? begin(next, from) : undefined;
      yield page;
      if (goesOn) ahead ??= begin(next, from);
      from = next ?? from;
    }
  } finally {
    ending.abort();
  }
}

/** The items of {@link listPages}, no more than `limit`. */
export async function* listItems(options: PagesOptions): AsyncGenerator<unknown, void, undefined> {
  let left = checkedLimit(options.limit);
  for await (const { items } of listPages(options)) {
    for (const item of items) {
      if (left <= 0) return;
      yield item;
      left -= 1;
    }
  }
}

function checkedLimit(limit = Number.POSITIVE_INFINITY): number {
  if (limit >= 0) return limit;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `limit ${String(limit)} is not a number of items.`,
    remedy: 'Give 0 or more, or leave it out for all items.',
  });
}

function readPage(body: unknown, url: string): ArmPage {
  const { value, nextLink } = (body ?? {}) as { value?: unknown; nextLink?: unknown };
  if (!Array.isArray(value)) throw invalid(url, 'it has no list in "value"');
  if (nextLink === undefined || nextLink === null || nextLink === '')
    return { items: value, next: undefined };
  if (typeof nextLink !== 'string') throw invalid(url, 'its nextLink is not text');
  return { items: value, next: nextLink };
}

function invalid(url: string, problem: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `The page of ${new URL(url).pathname} cannot be used: ${problem}.`,
    remedy: 'Report it to the service behind this path; until then, ask for single resources.',
  });
}
