/** The principal and its groups in lower case, each with the groups on the way to it. */
export type PrincipalPaths = ReadonlyMap<string, readonly string[]>;

/**
 * A principal and every group that it is in, directly or through other groups, each with the
 * shortest way to it: the groups from the principal on, the group itself last; empty for the
 * principal. Keys are in lower case. Groups that contain each other do no harm.
 *
 * @param memberOf - direct memberships, as in `AccessSnapshot.memberOf`
 */
export function principalPaths(
  principalId: string,
  memberOf: Readonly<Record<string, readonly string[]>> | undefined,
): PrincipalPaths {
  return principalPathFinder(memberOf)(principalId);
}

/** {@link principalPaths} for many principals: reads the memberships once. */
export function principalPathFinder(
  memberOf: Readonly<Record<string, readonly string[]>> | undefined,
): (principalId: string) => PrincipalPaths {
  const direct = new Map<string, readonly string[]>();
  for (const [member, groups] of Object.entries(memberOf ?? {})) {
    const key = member.toLowerCase();
    const others = direct.get(key);
    direct.set(key, others === undefined ? groups : [...others, ...groups]);
  }
  return (principalId) => {
    const paths = new Map<string, readonly string[]>([[principalId.toLowerCase(), []]]);
    // Breadth first: a Map visits what is added while it is walked.
    for (const [member, path] of paths) {
      for (const group of direct.get(member) ?? []) {
        const key = group.toLowerCase();
        if (!paths.has(key)) paths.set(key, [...path, group]);
      }
    }
    return paths;
  };
}
