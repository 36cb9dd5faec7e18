import { createHash } from 'node:crypto';

/** What the person sees in the browser at the end. */
export type ResultPage = 'signedIn' | 'failed' | 'notForThis';

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

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};

/** A constant page: nothing that came in is in it, it needs no script, and it loads nothing. */
export function resultPage(page: ResultPage): ServedPage {
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
