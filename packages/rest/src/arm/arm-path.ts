import { AmlAuthError } from '@aml-auth/core';

// What nearly every path is: nothing to encode, and no segment of dots alone.
const PLAIN = /^(?:\/\w[\w.~-]*)+$/;
// Control and invisible characters, halves of surrogate pairs, and what ends or escapes a segment once it is part of a URL.
const FORBIDDEN = /[%?#\\/\p{C}\p{Zl}\p{Zp}]/u;

/**
 * A path of Azure Resource Manager with values in it, each of which is one segment:
 * `` armPath`/subscriptions/${id}/resourceGroups/${group}` ``. Paths are written unencoded; the client
 * encodes them.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` naming the segment, for a value that is not one segment
 */
export function armPath(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((path, part, index) => {
    const before = /\/([^/]+)\/$/.exec(path)?.[1];
    return path + checkedSegment(values[index - 1] ?? '', before) + part;
  });
}

/**
 * The path, encoded for a URL.
 *
 * @param path - unencoded, beginning with `/`
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` naming the segment that could lead elsewhere
 */
export function encodeArmPath(path: string): string {
  if (typeof path === 'string' && PLAIN.test(path)) return path;
  const [first, ...segments] = typeof path === 'string' ? path.split('/') : [];
  if (first !== '' || segments.length === 0) {
    throw invalid('path', path, 'does not begin with "/"');
  }
  const encoded = segments.map((segment, index) =>
    encodeURIComponent(checkedSegment(segment, segments[index - 1])),
  );
  return `/${encoded.join('/')}`;
}

function checkedSegment(segment: unknown, before: string | undefined): string {
  const name = before === undefined ? 'path segment' : `path segment after "${before}"`;
  if (typeof segment !== 'string' || segment.trim() === '') throw invalid(name, segment, 'is empty');
  if (/^\.+$/.test(segment)) throw invalid(name, segment, 'is not a name');
  if (FORBIDDEN.test(segment)) throw invalid(name, segment, 'holds a character that no resource name has');
  return segment;
}

function invalid(name: string, value: unknown, problem: string): AmlAuthError {
  const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : typeof value;
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The ${name} ${shown} ${problem}.`,
    remedy: 'Give plain names, not encoded ones and not URLs.',
  });
}
