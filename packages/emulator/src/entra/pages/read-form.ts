import { unescapeHtml } from './html.js';

/** What a program sees of a page of the emulator. */
export interface PageForm {
  readonly action: string;
  /** Fields with their values, as a browser would send them without anybody's doing. */
  readonly fields: Readonly<Record<string, string>>;
}

/** The form of a page that the emulator wrote. */
export function readForm(document: string): PageForm | undefined {
  const action = /<form\s[^>]*action="([^"]*)"/.exec(document)?.[1];
  if (action === undefined) return undefined;
  const inputs = [...document.matchAll(/<input\b[^>]*>/g)].map(([input]): [string, string] => [
    attribute(input, 'name'),
    attribute(input, 'value'),
  ]);
  // The first button is the one that goes on.
  const [button = ''] = /<button\b[^>]*>/.exec(document) ?? [];
  const pressed: [string, string][] = /\sname=/.test(button)
    ? [[attribute(button, 'name'), attribute(button, 'value')]]
    : [];
  return { action: unescapeHtml(action), fields: Object.fromEntries([...inputs, ...pressed]) };
}

/** What a page of the emulator complains about. */
export function readProblem(document: string): string | undefined {
  const text = /<p role="alert">([^<]*)<\/p>/.exec(document)?.[1];
  return text === undefined ? undefined : unescapeHtml(text).trim();
}

function attribute(tag: string, name: string): string {
  return unescapeHtml(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}
