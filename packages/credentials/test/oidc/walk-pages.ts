/** A form on a page: where it goes, and what is in it. */
interface PageForm {
  readonly action: string;
  readonly fields: Record<string, string>;
}

const MOST_PAGES = 12;

/**
 * Goes through the pages of the server as a person with a browser does: keeps cookies, follows redirects,
 * fills in every form and sends it. Ends at the first address outside of the server, with what goes there, or
 * at a page without a form.
 */
export async function walkPages(
  start: string,
  fill: Readonly<Record<string, string>>,
): Promise<{ readonly url: string; readonly fields: Readonly<Record<string, string>> } | undefined> {
  const { origin } = new URL(start);
  const cookies = new Map<string, string>();
  let request: { url: string; body?: URLSearchParams } = { url: start };
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const reply = await fetch(request.url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(request.body === undefined ? {} : { method: 'POST', body: request.body }),
    });
    for (const cookie of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = reply.headers.get('location');
    const form = location === null ? formIn(await reply.text()) : { action: location, fields: undefined };
    if (form === undefined) return undefined;
    const url = new URL(form.action, request.url);
    if (url.origin !== origin) return { url: url.href, fields: form.fields ?? {} };
    const fields = form.fields === undefined ? undefined : { ...form.fields, ...known(form.fields, fill) };
    request = { url: url.href, ...(fields === undefined ? {} : { body: new URLSearchParams(fields) }) };
  }
  throw new Error('the pages do not end');
}

function known(
  fields: Record<string, string>,
  fill: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(fill).filter(([name]) => name in fields));
}

function formIn(html: string): PageForm | undefined {
  const [form = ''] = /<form[\s\S]*?(?:<\/form>|$)/.exec(html) ?? [];
  const action = attribute(form, 'action');
  if (action === undefined) return undefined;
  const inputs = [...html.matchAll(/<input[^>]*>/g)].map(([input]): [string, string] => [
    attribute(input, 'name') ?? '',
    attribute(input, 'value') ?? '',
  ]);
  return { action, fields: Object.fromEntries(inputs.filter(([name]) => name !== '')) };
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  return value
    ?.replace(/&amp;/g, '&')
    .replace(/&quot;/g, '"')
    .replace(/&#x3D;/g, '=');
}
