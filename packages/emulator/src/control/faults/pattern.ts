/** Whether a text matches a pattern in which `*` stands for anything. Case does not count. */
export function matchesText(pattern: string, text: string): boolean {
  return toRegExp(pattern.split(/\*+/).map(escape).join('.*')).test(text);
}

/**
 * Whether a path matches a pattern, in which `*` stands for anything within a segment and `**` for any
 * number of segments. Case, repeated slashes and one at the end do not count.
 */
export function matchesPath(pattern: string, path: string): boolean {
  const parts = segmentsOf(pattern).map((segment) =>
    segment === '**' ? '(?:/[^/]*)*' : `/${segment.split(/\*+/).map(escape).join('[^/]*')}`,
  );
  return toRegExp(parts.join('')).test(
    segmentsOf(path)
      .map((segment) => `/${segment}`)
      .join(''),
  );
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function toRegExp(source: string): RegExp {
  return new RegExp(`^${source}$`, 'is');
}

function escape(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
