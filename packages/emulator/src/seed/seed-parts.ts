import type { EmulatorSeed } from './emulator-seed.js';

/** A seed as parts that can be left out one by one: the entries of its lists. */
export interface SeedParts {
  /** Such as `tenants[0].users[1]`. What others refer to stands before them, by and large. */
  readonly paths: readonly string[];
  /** Whether all that a part lies in has been taken. */
  readonly isWithin: (path: string, taken: ReadonlySet<string>) => boolean;
  /** The seed with these parts and no others. */
  readonly seedOf: (taken: ReadonlySet<string>) => EmulatorSeed;
}

/** Lists of names that can be wrong one by one; other lists of texts belong to their entry. */
const LISTS_OF_NAMES = new Set(['members', 'owners']);
/** Lists that refer to things in the others. */
const LAST = [
  'hosts',
  'groups',
  'members',
  'owners',
  'conditionalAccess',
  'roleDefinitions',
  'roleAssignments',
];

/** Takes a seed apart. */
export function partsOfSeed(seed: EmulatorSeed): SeedParts {
  const paths: string[] = [];
  collect(seed, '', (path) => paths.push(path));
  return {
    paths: paths.sort((left, right) => rank(left) - rank(right)),
    isWithin: (path, taken) => parentsOf(path).every((parent) => taken.has(parent)),
    seedOf: (taken) => pick(seed, '', taken) as EmulatorSeed,
  };
}

function collect(value: unknown, path: string, add: (path: string) => void): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [key, entry] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (!isList(key, entry)) continue;
    for (const [index, item] of entry.entries()) {
      add(`${at}[${index}]`);
      collect(item, `${at}[${index}]`, add);
    }
  }
}

function pick(value: unknown, path: string, taken: ReadonlySet<string>): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]): [string, unknown] => {
      const at = path === '' ? key : `${path}.${key}`;
      if (!isList(key, entry)) return [key, entry];
      const items = entry.map((item, index) => ({ item, place: `${at}[${index}]` }));
      return [
        key,
        items.filter(({ place }) => taken.has(place)).map(({ item, place }) => pick(item, place, taken)),
      ];
    }),
  );
}

function isList(key: string, value: unknown): value is readonly unknown[] {
  if (!Array.isArray(value)) return false;
  return LISTS_OF_NAMES.has(key) || value.every((item) => typeof item === 'object' && item !== null);
}

/** The parts around a part: `a[0]` and `a[0].b[1]` for `a[0].b[1].c[2]`. */
function parentsOf(path: string): readonly string[] {
  const steps = path.split('.');
  return steps.slice(0, -1).map((_, index) => steps.slice(0, index + 1).join('.'));
}

function rank(path: string): number {
  return Math.max(...path.split('.').map((step) => LAST.indexOf(step.replace(/\[\d+\]$/, ''))));
}
