import { matchesItems, matchesText } from '../../core/matches-text.js';

/**
 * Whether a path matches a pattern, in which `*` stands for anything within a segment and `**` for any
 * number of segments. Case, repeated slashes and one at the end do not count.
 */
export function matchesPath(pattern: string, path: string): boolean {
  return matchesItems(segmentsOf(pattern), segmentsOf(path), '**', matchesText);
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}
