import { readFileSync } from 'node:fs';

/** In the order in which they need each other. They lie in the folder `access-page` beside this module, also in a build. */
const SCRIPTS = [
  'view.js',
  'layout.js',
  'link.js',
  'dom.js',
  'keys.js',
  'draw.js',
  'parts.js',
  'access-details.js',
  'details.js',
  'legend.js',
  'overview.js',
  'table.js',
  'main.js',
] as const;

const IMPORT = /^import \{([^}]+)\} from '\.\/([\w.-]+)';\n/gm;
const EXPORT = /^export (?=(?:async )?(?:function|const) (\w+))/gm;

/** The one script of the page: each of its modules in a scope of its own, with what it imports taken from the others. */
export function pageScript(): string {
  const parts = SCRIPTS.map((name) => {
    const text = file(name);
    const names = [...text.matchAll(EXPORT)].map(([, exported]) => exported);
    const body = text
      .replaceAll(IMPORT, (_, wanted: string, from: string) => `const {${wanted}} = modules['${from}'];\n`)
      .replaceAll(EXPORT, '');
    return `modules['${name}'] = (() => {\n${body}\nreturn { ${names.join(', ')} };\n})();\n`;
  });
  return `'use strict';\nconst modules = {};\n${parts.join('')}`;
}

/** The one style sheet of the page. */
export function pageStyle(): string {
  return file('page.css');
}

function file(name: string): string {
  return readFileSync(new URL(`./access-page/${name}`, import.meta.url), 'utf8').replaceAll('\r\n', '\n');
}
