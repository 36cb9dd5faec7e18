import * as z from 'zod';

import { parseReply } from '../arm/parse-reply.js';
import type { Graph } from '../graph/graph-client.js';
import { graphPath } from '../graph/graph-path.js';

const member: z.ZodType<{ readonly id: string; readonly '@odata.type'?: string | undefined }> = z.object({
  id: z.string().min(1),
  '@odata.type': z.string().optional(),
});

/**
 * Who is in which group directly, as `AccessSnapshot.memberOf`: for the groups given and for those in them.
 *
 * @throws {AmlAuthError} what the client throws, such as `AML_FORBIDDEN` without `GroupMember.Read.All`
 */
export async function collectMembers(
  graph: Pick<Graph, 'list'>,
  groups: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const memberOf = new Map<string, string[]>();
  // A Set visits what is added while it is walked.
  const open = new Set(groups.map((id) => id.toLowerCase()));
  for (const group of open) {
    const path = graphPath`/groups/${group}/members`;
    for await (const item of graph.list({ path, query: { $select: 'id' }, signal })) {
      const { id, '@odata.type': type } = parseReply(member, item, 'member of a group');
      const key = id.toLowerCase();
      memberOf.set(key, [...(memberOf.get(key) ?? []), group]);
      if (type?.toLowerCase() === '#microsoft.graph.group') open.add(key);
    }
  }
  return Object.fromEntries(memberOf);
}
