import type { Application, FederatedCredential } from '../../core/directory-rows.js';
import { randomGuid } from '../../core/random.js';
import { emptyAnswer } from '../../http/answer.js';
import { entityAnswer, listAnswer } from '../graph-answer.js';
import type { GraphContext, GraphRoutes } from '../graph-context.js';
import { badRequest, graphRefusal, objectNotFound } from '../graph-refusal.js';
import { APPLICATION_WRITE, applicationOf, putApplication } from './applications.js';
import { readFederatedCredential } from './read-federated-credential.js';

const PATH = 'applications/{}/federatedIdentityCredentials';
const MOST = 20;

/** The federated identity credentials of an application. They count at once, as the token service reads the same rows. */
export const federatedCredentialRoutes: GraphRoutes = {
  [`GET ${PATH}`]: {
    operation: 'application.read',
    handler(context) {
      const row = applicationOf(context);
      return listAnswer(context, contextName(row), row.federatedCredentials.map(present));
    },
  },
  [`GET ${PATH}/{}`]: {
    operation: 'application.read',
    handler: (context) => answer(context, 200, find(context)),
  },
  [`POST ${PATH}`]: { ...APPLICATION_WRITE, handler: create },
  [`PATCH ${PATH}/{}`]: {
    ...APPLICATION_WRITE,
    handler(context) {
      const before = find(context);
      const row = applicationOf(context);
      const wanted = readFederatedCredential(context.body(), before);
      if (wanted.name !== before.name) throw badRequest("The property 'name' cannot be changed.");
      const others = row.federatedCredentials.filter(({ id }) => id !== before.id);
      checkUnique(others, wanted);
      const federatedCredentials = row.federatedCredentials.map((entry) =>
        entry.id === before.id ? { ...wanted, id: before.id } : entry,
      );
      putApplication(context, { ...row, federatedCredentials });
      return emptyAnswer(204);
    },
  },
  [`DELETE ${PATH}/{}`]: {
    ...APPLICATION_WRITE,
    handler(context) {
      const { id } = find(context);
      const row = applicationOf(context);
      const federatedCredentials = row.federatedCredentials.filter((entry) => entry.id !== id);
      putApplication(context, { ...row, federatedCredentials });
      return emptyAnswer(204);
    },
  },
};

function create(context: GraphContext): Response {
  const row = applicationOf(context);
  const wanted = readFederatedCredential(context.body(), undefined);
  checkUnique(row.federatedCredentials, wanted);
  if (row.federatedCredentials.length >= MOST) {
    const message = `The directory object quota limit is reached: an application has at most ${MOST} federated identity credentials.`;
    throw graphRefusal(403, 'Directory_QuotaExceeded', message);
  }
  const credential = { ...wanted, id: randomGuid(context.call.world.random) };
  putApplication(context, { ...row, federatedCredentials: [...row.federatedCredentials, credential] });
  return answer(context, 201, credential);
}

function checkUnique(others: readonly FederatedCredential[], wanted: Omit<FederatedCredential, 'id'>): void {
  const twin = others.find(
    ({ name, issuer, subject }) =>
      name === wanted.name || (issuer === wanted.issuer && subject === wanted.subject),
  );
  if (twin === undefined) return;
  const message =
    twin.name === wanted.name
      ? `FederatedIdentityCredential with name ${wanted.name} already exists.`
      : 'FederatedIdentityCredential with the same issuer and subject already exists.';
  throw graphRefusal(409, 'Request_MultipleObjectsWithSameKeyValue', message);
}

/** By id or name. */
function find(context: GraphContext): FederatedCredential {
  const key = context.ids[1] ?? '';
  const name = /^name='(.*)'$/i.exec(key)?.[1] ?? key;
  const found = applicationOf(context).federatedCredentials.find(
    (entry) => entry.id === name.toLowerCase() || entry.name === name,
  );
  if (found === undefined) throw objectNotFound(name);
  return found;
}

function answer(context: GraphContext, status: number, credential: FederatedCredential): Response {
  return entityAnswer(context, status, contextName(applicationOf(context)), present(credential));
}

function contextName({ id }: Application): string {
  return `applications('${id}')/federatedIdentityCredentials`;
}

function present(credential: FederatedCredential): Record<string, unknown> {
  const { id, name, issuer, subject, audience, description = null } = credential;
  return { id, name, issuer, subject, description, audiences: [audience] };
}
