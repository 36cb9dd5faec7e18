/**
 * The segments of a path, percent-decoded. Repeated and trailing slashes count for nothing: the
 * JavaScript clients of Azure Resource Manager send `//subscriptions`, MSAL sends `/token/`.
 *
 * @returns undefined where an escape is malformed, or a segment decodes to one with `/` or a control character
 */
export function parsePath(pathname: string): readonly string[] | undefined {
  try {
    const segments = pathname
      .split('/')
      .filter((segment) => segment !== '')
      .map((segment) => decodeURIComponent(segment));
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    return segments.some((segment) => /[/\\\u0000-\u001f\u007f]/.test(segment)) ? undefined : segments;
  } catch {
    return undefined;
  }
}
