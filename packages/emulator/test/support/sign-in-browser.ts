import type { Emulator } from '@aml-auth/emulator';

import { readForm, readProblem } from '../../src/entra/pages/read-form.js';

/** What a browser shows, or where it is sent. */
export interface BrowserView {
  readonly status: number;
  readonly headers: Headers;
  /** Heading of the page; empty for a redirect. */
  readonly title: string;
  readonly problem: string | undefined;
  /** What is filled in already. */
  readonly fields: Readonly<Record<string, string>>;
  /** The parameters of a redirect away from the emulator. */
  readonly answer: Readonly<Record<string, string>> | undefined;
}

/** A browser with a cookie jar that fills in forms, and nothing else. */
export interface SignInBrowser {
  open(url: string): Promise<BrowserView>;
  /** Fills in fields of the page that is shown, and sends its form. */
  submit(fields?: Record<string, string>): Promise<BrowserView>;
  readonly cookies: ReadonlyMap<string, string>;
}

/** A {@link SignInBrowser} without cookies. */
export function signInBrowser(emulator: Emulator): SignInBrowser {
  const cookies = new Map<string, string>();
  let shown = '';

  async function view(url: string, init: RequestInit): Promise<BrowserView> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await emulator.fetch(url, { ...init, headers: { cookie }, redirect: 'manual' });
    for (const text of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      if (/max-age=0/i.test(text)) cookies.delete(name);
      else cookies.set(name, value);
    }
    shown = await response.text();
    const location = response.headers.get('location');
    return {
      status: response.status,
      headers: response.headers,
      title: /<h1>([^<]*)<\/h1>/.exec(shown)?.[1] ?? '',
      problem: readProblem(shown),
      fields: readForm(shown)?.fields ?? {},
      answer: location === null ? undefined : Object.fromEntries(new URL(location).searchParams),
    };
  }

  return {
    cookies,
    open: (url) => view(url, {}),
    submit(fields = {}) {
      const form = readForm(shown);
      if (form === undefined) throw new Error(`There is no form in: ${shown}`);
      const body = new URLSearchParams({ ...form.fields, ...fields });
      return view(new URL(form.action, emulator.origin).href, { method: 'POST', body });
    },
  };
}

/** Signs a user of the seed in on the pages that follow a URL; whoever is asked for more is not. */
export async function signInOn(
  browser: SignInBrowser,
  emulator: Emulator,
  upn: string,
  url: string,
): Promise<BrowserView> {
  const { name, password = '' } = emulator.user(upn);
  await browser.open(url);
  await browser.submit({ username: name });
  return browser.submit({ password });
}
