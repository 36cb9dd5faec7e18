/** A number with a unit, or a ratio, that a text states. */
export interface Figure {
  /** In one spelling, whatever the text has: `8 MB`, `10 times`, `tens µs`, `85 of 100`, `25/s`. */
  readonly figure: string;
  /** Where it begins in the text. */
  readonly index: number;
}

/** Numbers in words, with what they are in digits. */
const WORDS: Readonly<Record<string, string>> = {
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  eleven: '11',
  twelve: '12',
  fifteen: '15',
  twenty: '20',
  thirty: '30',
  forty: '40',
  fifty: '50',
  'a hundred': '100',
  'a thousand': '1000',
  'a million': '1000000',
  수십: 'tens',
};
/** Units by the ways to write them. */
const UNITS: Readonly<Record<string, readonly string[]>> = {
  µs: ['µs', 'μs', 'us', 'microseconds?', '마이크로초'],
  ms: ['ms', 'milliseconds?', '밀리초'],
  kB: ['kB', 'KB', 'kilobytes?', '킬로바이트'],
  MB: ['MB', 'megabytes?', '메가바이트'],
  GB: ['GB', 'gigabytes?', '기가바이트'],
  '%': ['%', 'percent', '퍼센트'],
  times: ['times', '배'],
};
/** After these "a minute" is a time that passes, and not what something is counted by. */
const PREPOSITION = '(?:after|at|every|for|in|within)\\b';
const PARTS = '(?:third|quarter|fifth|tenth|hundredth)';
const WORD = Object.keys(WORDS).join('|');
const NUMBER = String.raw`(?:\d[\d,]*(?:\.\d+)?|${WORD}|tens of|tens)`;
const RANGE = `${NUMBER}(?: ?(?:to|–|~) ?${NUMBER})?`;
const spellings = Object.values(UNITS).flat().join('|');
/** Not within a word or a number; Korean puts its particles after a unit without a space. */
const BEFORE = String.raw`(?<![\p{L}\p{N}_.,-])`;
const AFTER = String.raw`(?![A-Za-z\d_])`;

const PATTERNS: readonly { readonly pattern: RegExp; readonly say: (...parts: string[]) => string }[] = [
  {
    pattern: expression(`(${RANGE}|an?)[ -]?(${spellings})`),
    say: (number = '', unit = '') => `${digits(number)} ${unitOf(unit)}`,
  },
  // Whole seconds are limits and defaults; fractions of them were measured.
  {
    pattern: expression(String.raw`(\d+\.\d+) ?(?:s|seconds|초)`),
    say: (number = '') => `${number} s`,
  },
  {
    pattern: expression(`(${RANGE})(?: (?!${PREPOSITION})[a-z]+){0,2} (?:an?|per|each) (second|minute|hour)`),
    say: (number = '', unit = '') => `${digits(number)}/${unit.slice(0, unit === 'minute' ? 3 : 1)}`,
  },
  {
    // In digits: "one of two" is a choice.
    pattern: expression(String.raw`(\d[\d,]*) of (?:the |all )?(\d[\d,]*)`),
    say: (part = '', whole = '') => `${digits(part)} of ${digits(whole)}`,
  },
  {
    pattern: expression(`(an?|${NUMBER}) (${PARTS})s?`),
    say: (number = '', part = '') => `${digits(number)} ${part}`,
  },
];

/** The figures of a text, in their order. A number alone is none: it may be a count, a year or a version. */
export function findFigures(text: string): readonly Figure[] {
  const found = PATTERNS.flatMap(({ pattern, say }) =>
    [...text.matchAll(pattern)].map((match) => ({ figure: say(...match.slice(1)), index: match.index })),
  );
  return found.sort((a, b) => a.index - b.index);
}

function expression(body: string): RegExp {
  return new RegExp(BEFORE + body + AFTER, 'giu');
}

function digits(number: string): string {
  return number
    .toLowerCase()
    .split(/ ?(?:to|–|~) ?/)
    .map((part) => WORDS[part] ?? part.replace(/^an?$/, '1').replace(/ of$/, '').replaceAll(',', ''))
    .join(' to ');
}

function unitOf(written: string): string {
  const units = Object.entries(UNITS);
  const [unit] =
    units.find(([, ways]) => ways.some((way) => new RegExp(`^${way}$`, 'i').test(written))) ?? [];
  return unit ?? written;
}
