import { createHash } from 'node:crypto';

import { constantMarkup, html, markupOf, type Html } from './html.js';
import { STYLE } from './style.js';

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
        <meta name="viewport" content="width=device-width, initial-scale=1" />
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
