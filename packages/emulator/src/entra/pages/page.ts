import { createHash } from 'node:crypto';

import { constantMarkup, html, markupOf, type Html } from './html.js';

/** A page to show. */
export interface PageOptions {
  readonly title: string;
  readonly body: Html;
  /** Default 200. */
  readonly status?: number;
  /** Where, besides the emulator, its form may lead in the end: an absolute URI. */
  readonly leadsTo?: string | undefined;
  /** Whether its form is sent off at once where scripts run. */
  readonly submits?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;background:#f2f4f7;color:#1b1f24;margin:0}' +
  'main{max-width:26rem;margin:10vh auto;padding:2rem;background:#fff;border:1px solid #c9d1d9;border-radius:8px}' +
  'h1{font-size:1.4rem;margin:0 0 1rem}label{display:block;margin:1rem 0 .25rem}' +
  'input{box-sizing:border-box;width:100%;padding:.5rem;font:inherit;border:1px solid #6b7683;border-radius:4px}' +
  'button{margin:1.25rem .5rem 0 0;padding:.5rem 1.25rem;font:inherit;border:1px solid #0b5cad;border-radius:4px;background:#fff;color:#0b5cad;cursor:pointer}' +
  'button.main{background:#0b5cad;color:#fff}[role=alert]{color:#a1150f;overflow-wrap:anywhere}' +
  'footer{margin-top:1.5rem;font-size:.8rem;color:#57606a}';
const SCRIPT = 'document.forms[0].submit()';

const STYLE_TAG = constantMarkup(`<style>${STYLE}</style>`);
const SCRIPT_TAG = constantMarkup(`<script>${SCRIPT}</script>`);
const STYLE_SOURCE = sourceOf(STYLE);
const SCRIPT_SOURCE = sourceOf(SCRIPT);

/** A page that needs no script, loads nothing, cannot be framed and is not kept. */
export function page(options: PageOptions): Response {
  const { title, body, status = 200, leadsTo, submits = false, headers = {} } = options;
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        ${STYLE_TAG}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
          <footer>aml-auth emulator: not a sign-in page of Microsoft.</footer>
        </main>
        ${submits ? SCRIPT_TAG : undefined}
      </body>
    </html>`;
  const policy = [
    "default-src 'none'",
    `style-src ${STYLE_SOURCE}`,
    ...(submits ? [`script-src ${SCRIPT_SOURCE}`] : []),
    `form-action 'self'${leadsTo === undefined ? '' : ` ${placeOf(leadsTo)}`}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
  return new Response(markupOf(document), {
    status,
    headers: {
      ...headers,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policy,
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    },
  });
}

function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** The origin of a URI as the policy writes it; browsers check it when a form ends in a redirect. */
function placeOf(uri: string): string {
  const { protocol, hostname, origin } = new URL(uri);
  // The policy knows no IPv6 addresses, and nothing but the scheme of other URIs.
  return /^https?:$/.test(protocol) && !hostname.startsWith('[') ? origin : protocol;
}
