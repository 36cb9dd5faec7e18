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
  /** Pages to ask for while the caller is at work on the last one. */
  readonly prefetch: boolean | number;
  readonly limit: number | undefined;
  /** The field that holds the items. */
  readonly itemsIn: string;
  /** Fetches and parses one page. Its signal ends a page that nobody wants any more. */
  readonly fetchPage: (url: string, signal: AbortSignal) => Promise<unknown>;
}

/**
 * The pages, a bounded number of them ahead of the caller. Ends where `nextLink` is absent, null or empty (Azure
 * Resource Manager RPC, paging), or where the pages so far hold `limit` items.
 *
 * @throws {AmlAuthError} `AML_UNTRUSTED_HOST` for a `nextLink` to another origin, `AML_RESPONSE_INVALID`
 *   for one that was followed before, is no URL, or a page that is none; `AML_CONFIG_INVALID` for bad options
 */
export async function* listPages(options: PagesOptions): AsyncGenerator<ArmPage, void, undefined> {
  const most = pagesAhead(options.prefetch);
  const limit = checkedLimit(options.limit);
  const ending = new AbortController();
  const load = pageLoader(options, ending.signal);
  const ready: ArmPage[] = [];
  let link: string | undefined = limit > 0 ? options.firstUrl : undefined;
  let loaded = 0;
  let failure: { readonly error: unknown } | undefined;
  let loading: Promise<void> | undefined;

  /** Loads one page after the other until `room` are ready. A failure is told when its turn comes, or never. */
  function fill(room: number): void {
    if (ending.signal.aborted || loading !== undefined || link === undefined || ready.length >= room) return;
    loading = load(link)
      .then(
        (page) => {
          ready.push(page);
          loaded += page.items.length;
          link = loaded < limit ? page.next : undefined;
        },
        (error: unknown) => {
          failure = { error };
          link = undefined;
        },
      )
      .then(() => {
        loading = undefined;
        fill(most);
      });
  }

  try {
    for (;;) {
      fill(Math.max(1, most));
      if (ready.length === 0) await loading;
      const page = ready.shift();
      if (page === undefined) {
        if (failure !== undefined) throw failure.error;
        return;
      }
      fill(most);
      yield page;
    }
  } finally {
    ending.abort();
  }
}

/**
 * The items of {@link listPages}, each read, no more than `limit`. The options are made with the first step, so that
 * what is wrong with them is told there.
 */
export async function* listItems<T>(
  makeOptions: () => PagesOptions,
  read: (item: unknown) => T,
): AsyncGenerator<T, void, undefined> {
  const options = makeOptions();
  let left = checkedLimit(options.limit);
  for await (const { items } of listPages(options)) {
    for (const item of items) {
      if (left <= 0) return;
      yield read(item);
      left -= 1;
    }
  }
}

/** Loads a page where a token may go, and where no page has been loaded from yet. */
function pageLoader(
  { endpoint, itemsIn, fetchPage, firstUrl }: PagesOptions,
  signal: AbortSignal,
): (link: string) => Promise<ArmPage> {
  const seen = new Set<string>();
  let from = firstUrl;
  return async (link) => {
    const url = trustedUrl(link, endpoint).href;
    if (seen.has(url)) throw invalid(from, 'its nextLink leads back to an earlier page');
    seen.add(url);
    from = url;
    return readPage(await fetchPage(url, signal), itemsIn, url);
  };
}

const MOST_AHEAD = 10;

function pagesAhead(prefetch: boolean | number): number {
  const pages = Number(prefetch);
  if (Number.isInteger(pages) && pages >= 0 && pages <= MOST_AHEAD) return pages;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `prefetch ${String(prefetch)} is not a number of pages.`,
    remedy: `Give a whole number from 0 to ${String(MOST_AHEAD)}.`,
  });
}

function checkedLimit(limit = Number.POSITIVE_INFINITY): number {
  if (limit >= 0) return limit;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `limit ${String(limit)} is not a number of items.`,
    remedy: 'Give 0 or more, or leave it out for all items.',
  });
}

function readPage(body: unknown, itemsIn: string, url: string): ArmPage {
  const page = (body ?? {}) as Record<string, unknown>;
  const items = page[itemsIn];
  const { nextLink } = page;
  if (!Array.isArray(items)) throw invalid(url, `it has no list in "${itemsIn}"`);
  if (nextLink === undefined || nextLink === null || nextLink === '') return { items, next: undefined };
  if (typeof nextLink !== 'string') throw invalid(url, 'its nextLink is not text');
  return { items, next: nextLink };
}

function invalid(url: string, problem: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `The page of ${new URL(url).pathname} cannot be used: ${problem}.`,
    remedy: 'Report it to the service behind this path; until then, ask for single resources.',
  });
}
