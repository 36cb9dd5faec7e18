import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A program that stands in for the browser. */
export interface BrowserScript {
  /** For `BROWSER`. */
  readonly path: string;
  readonly dispose: () => Promise<void>;
}

/**
 * Programs open pages of Microsoft Entra ID in a browser, which uses no proxy of theirs. What stands in `BROWSER`
 * is asked first by Python (and with it Azure CLI) and by xdg-open: this one opens the same page at the emulator's
 * own address, and everything else as it is.
 *
 * @param origin - `https://localhost:PORT`
 * @param browser - the user's own `BROWSER`
 */
export async function writeBrowserScript(
  origin: string,
  browser: string | undefined,
): Promise<BrowserScript> {
  const folder = await mkdtemp(join(tmpdir(), 'aml-auth-browser-'));
  const path = join(folder, 'browser');
  await writeFile(path, scriptOf(origin, browser), { mode: 0o700 });
  return { path, dispose: () => rm(folder, { recursive: true, force: true }) };
}

function scriptOf(origin: string, browser: string | undefined): string {
  // Without it, xdg-open does not come back here.
  const opener =
    browser === undefined || browser === ''
      ? 'unset BROWSER\nif [ "$(uname)" = Darwin ]; then exec open "$url"; else exec xdg-open "$url"; fi'
      : `export BROWSER=${quote(browser)}\nexec ${browser} "$url"`;
  return `#!/bin/sh
url=$1
case $url in
  https://login.microsoftonline.com/*) url=${quote(`${origin}/`)}\${url#https://login.microsoftonline.com/} ;;
esac
${opener}
`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
