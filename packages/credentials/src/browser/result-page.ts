import { createHash } from 'node:crypto';

/** What the person sees in the browser at the end. */
export type ResultPage = 'signedIn' | 'failed' | 'notForThis';

/** HTML documents of the program's own, in place of the pages here. */
export interface ResultPages {
  /** Shown when the person is signed in. */
  readonly signedIn?: string | undefined;
  /** Shown when the sign-in was refused. What went wrong is not in it: the program has the error. */
  readonly failed?: string | undefined;
}

/** A page as it is sent. */
export interface ServedPage {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const STYLE =
  'body{font:1.1rem/1.6 system-ui,sans-serif;margin:15vh auto;max-width:34rem;padding:0 1.5rem;color:#1b1f24;background:#fff}' +
  'h1{font-size:1.6rem}@media(prefers-color-scheme:dark){body{color:#e6e8eb;background:#16191d}}';

const TEXTS: Readonly<Record<ResultPage, readonly [string, string]>> = {
  signedIn: ['You are signed in', 'You can close this window and go back to the program.'],
  failed: ['You are not signed in', 'Go back to the program: it says why, and what to do.'],
  notForThis: ['Nothing to see here', 'This address belongs to a sign-in that waits for its answer.'],
};

/** Nothing is loaded and nothing runs; `more` allows styles. */
const policy = (...more: string[]): string =>
  ["default-src 'none'", ...more, "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"].join(
    '; ',
  );

const OWN_POLICY = policy("style-src 'unsafe-inline'", 'img-src data:');

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': policy(
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  ),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};

/**
 * A constant page: nothing that came in is in it, it needs no script, and it loads nothing. A page of the
 * program's own may bring styles and images in itself.
 */
export function resultPage(page: ResultPage, own: ResultPages = {}): ServedPage {
  const html = page === 'notForThis' ? undefined : own[page];
  if (html !== undefined)
    return { headers: { ...HEADERS, 'content-security-policy': OWN_POLICY }, text: html };
  const [title, text] = TEXTS[page];
  return {
    headers: HEADERS,
    text: [
      '<!doctype html><html lang="en"><head><meta charset="utf-8">',
      '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">',
      `<title>${title}</title><style>${STYLE}</style></head>`,
      `<body><main><h1>${title}</h1><p>${text}</p></main></body></html>`,
    ].join(''),
  };
}
