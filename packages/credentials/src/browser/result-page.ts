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

const STYLE = [
  ':root{color-scheme:light dark;--page:light-dark(#eef2f7,#0e131a);--surface:light-dark(#fff,#161d27);',
  '--line:light-dark(#d5dde7,#2a3543);--text:light-dark(#182130,#e6ebf2);--good:light-dark(#146c43,#5fd19a);',
  "--bad:light-dark(#a1150f,#ff8f87);font:1rem/1.5 system-ui,-apple-system,'Segoe UI','DejaVu Sans',sans-serif}",
  '*{box-sizing:border-box}body{display:grid;align-content:center;min-height:100vh;margin:0;padding:1rem;',
  'background:var(--page);color:var(--text)}main{width:100%;max-width:27rem;margin:0 auto;padding:2rem 2.25rem;',
  'border:1px solid var(--line);border-radius:14px;background:var(--surface)}',
  'h1{margin:0 0 .75rem;font-size:1.6rem;line-height:1.25}p{margin:0}',
  '.sign{margin:0 0 1rem;font-size:1.9rem;line-height:1}.signedIn{color:var(--good)}.failed{color:var(--bad)}',
  '@media print{:root{color-scheme:only light}main{border:0}}',
].join('');

/** Shapes beside the words, for a look from afar. */
const SIGNS: Readonly<Record<ResultPage, string>> = { signedIn: '✓', failed: '✕', notForThis: '○' };

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
      '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">',
      `<title>${title}</title><style>${STYLE}</style></head>`,
      `<body><main><p class="sign ${page}" aria-hidden="true">${SIGNS[page]}</p><h1>${title}</h1><p>${text}</p></main></body></html>`,
    ].join(''),
  };
}
