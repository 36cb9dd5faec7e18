import { readFileSync } from 'node:fs';

/** The files of the inspector. They lie in the folder `inspector` beside this module, also in a build. */
const NAMES = new Set([
  'index.html',
  'inspector.css',
  'icon.svg',
  'main.js',
  'api.js',
  'dom.js',
  'format.js',
  'request-list.js',
  'request-detail.js',
  'directory-view.js',
  'controls.js',
  'sign-in-view.js',
]);

const texts = new Map<string, string>();

/** The text of a file of the inspector; undefined where there is none of that name. */
export function inspectorFile(name: string): string | undefined {
  if (!NAMES.has(name)) return undefined;
  const known = texts.get(name) ?? readFileSync(new URL(`./inspector/${name}`, import.meta.url), 'utf8');
  texts.set(name, known);
  return known;
}
