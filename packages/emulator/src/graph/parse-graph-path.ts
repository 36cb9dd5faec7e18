/** The path of a request to Microsoft Graph. */
export interface GraphPath {
  readonly version: 'v1.0' | 'beta';
  /** What follows the version. A key in brackets is a segment of its own: `appId='…'`, or the id. */
  readonly segments: readonly string[];
}

const KEYED = /^(\w+)\((?:(\w+)\s*=\s*)?'((?:[^']|'')*)'\)$/;

/**
 * Reads `/graph/{version}/…`. `users('x')` is the same as `users/x`; an alternate key as in
 * `applications(appId='x')` stays one.
 *
 * @returns undefined where the path names no version that exists
 */
export function parseGraphPath(segments: readonly string[]): GraphPath | undefined {
  const [, version = '', ...rest] = segments;
  const known = version.toLowerCase();
  if (known !== 'v1.0' && known !== 'beta') return undefined;
  return {
    version: known,
    segments: rest.flatMap((segment) => {
      const keyed = KEYED.exec(segment);
      if (keyed === null) return [segment];
      const [, collection = '', name, value = ''] = keyed;
      const key = value.replaceAll("''", "'");
      return [collection, name === undefined ? key : `${name}='${key}'`];
    }),
  };
}

/** The ids in a path that has the form of a route; undefined where it has another form. Names are compared without case. */
export function matchRoute(route: string, segments: readonly string[]): readonly string[] | undefined {
  const parts = route.split('/');
  if (parts.length !== segments.length) return undefined;
  const ids: string[] = [];
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    if (part === '{}') ids.push(segment);
    else if (part.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return ids;
}
