import { styleText } from 'node:util';

/** A token of JSON text: a string (with the colon behind it, if it is a name), a number, or a word. */
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g;

const force = { validateStream: false } as const;

/** JSON text with names, strings and other values in colours of their own. */
export function colourJson(json: string): string {
  return json.replace(TOKEN, (token: string, string?: string, colon?: string) => {
    if (string === undefined) return styleText('yellow', token, force);
    return colon === undefined
      ? styleText('green', string, force)
      : `${styleText('cyan', string, force)}${colon}`;
  });
}
