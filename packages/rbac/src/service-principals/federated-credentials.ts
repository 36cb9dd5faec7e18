import { AmlAuthError, isAmlAuthError } from '@aml-auth/core';
import * as z from 'zod';

import type { Graph } from '../graph/graph-client.js';
import { graphPath } from '../graph/graph-path.js';
import type { Application } from './application.js';
import { TOKEN_EXCHANGE_AUDIENCE, type FederatedCredentialRequest } from './credential-request.js';
import type { AddedCredential, FederatedCredential } from './credential.js';

const reply = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  issuer: z.string(),
  subject: z.string(),
  audiences: z.array(z.string()),
});

function parse(body: unknown): FederatedCredential {
  const result = reply.safeParse(body);
  if (!result.success) {
    throw new AmlAuthError({
      code: 'AML_RESPONSE_INVALID',
      message: 'The answer of Microsoft Graph is no federated identity credential.',
      remedy: 'Check the endpoint of the cloud, and that no proxy answers in its place.',
    });
  }
  const { id, name, issuer, subject, audiences } = result.data;
  return { kind: 'federated', id, name, issuer, subject, audience: audiences[0] ?? '' };
}

/** The federated identity credentials of an application. */
export async function listFederatedCredentials(
  graph: Graph,
  { objectId }: Pick<Application, 'objectId'>,
  signal?: AbortSignal,
): Promise<readonly FederatedCredential[]> {
  const path = graphPath`/applications/${objectId}/federatedIdentityCredentials`;
  const list: FederatedCredential[] = [];
  for await (const item of graph.list({ path, signal })) list.push(parse(item));
  return list;
}

/**
 * Adds a federated identity credential, or finds the one that the application has for this issuer and subject.
 * `created` is true only where Microsoft Graph confirmed that this call made it: what may be somebody else's is never
 * taken back.
 *
 * @throws {AmlAuthError} `AML_CONFLICT` where it has one for another audience, or one of this name for others
 */
export async function addFederatedCredential(
  graph: Graph,
  application: Application,
  request: FederatedCredentialRequest,
  signal?: AbortSignal,
): Promise<AddedCredential> {
  const before = await listFederatedCredentials(graph, application, signal);
  const wanted = bodyOf(request, before);
  const same = before.find((one) => isSame(one, request));
  if (same !== undefined) return asExisting(same, wanted);
  try {
    const { body } = await graph.request({
      method: 'POST',
      path: graphPath`/applications/${application.objectId}/federatedIdentityCredentials`,
      body: wanted,
      // There is one at most for an issuer and subject: a second attempt meets the first one's.
      retry: 'always',
      signal,
    });
    return { ...parse(body), created: true };
  } catch (error) {
    if (!isAmlAuthError(error) || error.code !== 'AML_CONFLICT') throw error;
    const now = await listFederatedCredentials(graph, application, signal);
    const made = now.find((one) => isSame(one, request));
    if (made === undefined) throw error;
    // Somebody else's, or that of a first attempt whose answer was lost: nothing in it tells which.
    return asExisting(made, wanted);
  }
}

function isSame(one: FederatedCredential, { issuer, subject }: FederatedCredentialRequest): boolean {
  return one.issuer === issuer && one.subject === subject;
}

interface Wanted {
  readonly name: string;
  readonly audiences: readonly string[];
}

function asExisting(same: FederatedCredential, { audiences }: Wanted): AddedCredential {
  if (audiences[0] === same.audience) return { ...same, created: false };
  throw new AmlAuthError({
    code: 'AML_CONFLICT',
    message: `The application trusts this issuer and subject already, for the audience ${same.audience} (credential ${same.name}).`,
    remedy: 'Keep that audience, or remove the credential first.',
  });
}

function bodyOf(
  request: FederatedCredentialRequest,
  before: readonly FederatedCredential[],
): Wanted & Record<string, unknown> {
  const { issuer, subject, audience = TOKEN_EXCHANGE_AUDIENCE, description } = request;
  return {
    name: request.name ?? freeName(subject, new Set(before.map(({ name }) => name))),
    issuer,
    subject,
    audiences: [audience],
    ...(description === undefined ? {} : { description }),
  };
}

const LONGEST = 120;

/** `repo:contoso/ml:ref:refs/heads/main` → `repo-contoso-ml-ref-refs-heads-main`. */
function freeName(subject: string, taken: ReadonlySet<string>): string {
  const base = subject.replace(/[^\w]+/g, '-').replace(/^-|-$/g, '') || 'federated';
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? '' : `-${String(number)}`;
    const name = base.slice(0, LONGEST - end.length) + end;
    if (!taken.has(name)) return name;
  }
}
