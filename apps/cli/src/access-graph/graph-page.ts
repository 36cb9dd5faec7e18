import { createHash } from 'node:crypto';
import type { Locale } from '../messages/messages.js';
import type { AccessGraphData } from './graph-data.js';
import { pageScript, pageStyle } from '../access-page-files.js';
import { pageTexts } from './page-texts.js';

/**
 * The page as one HTML file. It asks no network: its policy allows the one script and the one style sheet in it, by
 * their SHA-256, and nothing else. The data are JSON in which no tag can end.
 */
export function graphPage(data: AccessGraphData, locale: Locale): string {
  const script = pageScript();
  const style = pageStyle();
  const texts = pageTexts[locale];
  const policy = [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    "img-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${texts.title}</title>
<style>${style}</style>
</head>
<body>
<noscript><p>${texts.noScript}</p></noscript>
<main id="app"></main>
<script type="application/json" id="data">${json({ graph: data, texts })}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** JSON that cannot end its element, whatever a name holds. */
function json(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (sign) => String.raw`\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
