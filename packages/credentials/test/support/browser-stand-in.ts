import type { Emulator, SignInResult } from '@aml-auth/emulator';

/** Does what a browser does with the answer of the authority. */
export function deliver({ method, url, fields }: SignInResult): Promise<Response> {
  if (method === 'GET') return fetch(url, { redirect: 'manual' });
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
}

/** An `openBrowser` in which a person signs in as that user. The last page's text is kept in `pages`. */
export function personInBrowser(
  emulator: Emulator,
  upn: string,
  pages: string[] = [],
): (url: string) => Promise<void> {
  return async (url) => {
    const page = await deliver(await emulator.signIn({ upn, url }));
    pages.push(await page.text());
  };
}
