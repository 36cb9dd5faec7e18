import type { Application, Group, ServicePrincipal } from '../../core/directory-rows.js';
import { emptyAnswer } from '../../http/answer.js';
import { findObjects } from '../directory-objects.js';
import { checkId, findApplication, findGroup, findServicePrincipal } from '../find-row.js';
import { listAnswer } from '../graph-answer.js';
import type { GraphContext, GraphRoutes } from '../graph-context.js';
import type { GraphOperation } from '../graph-permissions.js';
import { badRequest, objectNotFound } from '../graph-refusal.js';
import { ownersOf } from '../owners-of.js';
import { readReference } from '../read-reference.js';

/** What has owners. */
type Owned = Application | Group | ServicePrincipal;

/** A kind of objects with owners. */
interface OwnedKind {
  readonly collection: 'applications' | 'groups' | 'servicePrincipals';
  readonly read: GraphOperation;
  readonly write: GraphOperation;
  readonly find: (context: GraphContext, key: string) => Owned;
  readonly put: (context: GraphContext, key: string, ownerIds: readonly string[]) => void;
}

const KINDS: readonly OwnedKind[] = [
  {
    collection: 'applications',
    read: 'application.read',
    write: 'application.write',
    find: findApplication,
    put(context, key, ownerIds) {
      const row = findApplication(context, key);
      context.call.world.store.put('applications', row.id, { ...row, ownerIds });
    },
  },
  {
    collection: 'servicePrincipals',
    read: 'application.read',
    write: 'application.write',
    find: findServicePrincipal,
    put(context, key, ownerIds) {
      const row = findServicePrincipal(context, key);
      context.call.world.store.put('servicePrincipals', row.id, { ...row, ownerIds });
    },
  },
  {
    collection: 'groups',
    read: 'group.read',
    write: 'group.write',
    find: findGroup,
    put(context, key, ownerIds) {
      const row = findGroup(context, key);
      context.call.world.store.put('groups', row.id, { ...row, ownerIds });
    },
  },
];

/** `/applications/{id}/owners`, and the same of service principals and groups. */
export const ownerRoutes: GraphRoutes = Object.assign({}, ...KINDS.map(ownerRoutesOf)) as GraphRoutes;

function ownerRoutesOf({ collection, read, write: operation, find, put }: OwnedKind): GraphRoutes {
  const write = { operation, owners: ownersOf(find) } as const;
  const idsOf = (context: GraphContext): readonly string[] =>
    find(context, context.ids[0] ?? '').ownerIds ?? [];
  return {
    [`GET ${collection}/{}/owners`]: {
      operation: read,
      handler: (context) =>
        listAnswer(
          context,
          'directoryObjects',
          findObjects(context.call.world.store, context.tenantId, idsOf(context)),
        ),
    },
    [`POST ${collection}/{}/owners/$ref`]: {
      ...write,
      handler(context) {
        const before = idsOf(context);
        const id = readReference(context);
        if (before.includes(id)) {
          throw badRequest(
            "One or more added object references already exist for the following modified properties: 'owners'.",
          );
        }
        put(context, context.ids[0] ?? '', [...before, id]);
        return emptyAnswer(204);
      },
    },
    [`DELETE ${collection}/{}/owners/{}/$ref`]: {
      ...write,
      handler(context) {
        const before = idsOf(context);
        const id = checkId(context.ids[1] ?? '');
        if (!before.includes(id)) throw objectNotFound(id);
        put(
          context,
          context.ids[0] ?? '',
          before.filter((owner) => owner !== id),
        );
        return emptyAnswer(204);
      },
    },
  };
}
