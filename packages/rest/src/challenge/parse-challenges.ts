/** One challenge of `WWW-Authenticate` (RFC 9110, 11.6.1). */
export interface Challenge {
  /** As it was written: `Bearer`. */
  readonly scheme: string;
  /** Values without their quotes, by name in lower case. Of a name given twice, the first. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Node.js takes 16 KiB of headers; what is longer comes from elsewhere. */
const MAX_LENGTH = 32_768;
const SEPARATORS = /[\s,]*/y;
const TOKEN = /[!#$%&'*+.^_`|~\w-]+/y;
const EQUALS = /[ \t]*=[ \t]*/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"?/sy;
const BARE = /[^\s,"]*/y;

/**
 * The challenges of a `WWW-Authenticate` header, or of several joined by commas, as `fetch` gives them.
 * Never throws: what is no challenge is skipped. The time it takes grows with the length only.
 */
export function parseChallenges(header: string): readonly Challenge[] {
  const text = header.slice(0, MAX_LENGTH);
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  while (at < text.length) {
    take(SEPARATORS);
    const name = take(TOKEN)?.[0];
    if (name === undefined) {
      at += 1;
    } else if (take(EQUALS) === null) {
      challenges.push({ scheme: name, parameters: new Map() });
    } else {
      const quoted = take(QUOTED)?.[1]?.replace(/\\(.)/gs, '$1');
      const value = quoted ?? take(BARE)?.[0] ?? '';
      const parameters = challenges.at(-1)?.parameters;
      const key = name.toLowerCase();
      if (parameters?.has(key) === false) parameters.set(key, value);
    }
  }
  return challenges;
}
