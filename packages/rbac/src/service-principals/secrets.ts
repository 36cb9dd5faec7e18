import { AmlAuthError, isAmlAuthError, type Clock } from '@aml-auth/core';
import { createSecret } from '@aml-auth/rest';

import type { Graph } from '../graph/graph-client.js';
import { graphPath } from '../graph/graph-path.js';
import { getApplication, storedKey, type Application } from './application.js';
import { endOfLifetime, type SecretRequest } from './credential-request.js';
import { fromStored, type AddedCredential } from './credential.js';

const DEFAULT_NAME = 'rbac';
const DEFAULT_DAYS = 90;

/** Adds a secret beside those that the application has. It is sent once: a lost answer leaves a secret that nobody knows. */
export async function addSecret(
  graph: Graph,
  { objectId }: Application,
  { displayName = DEFAULT_NAME, lifetimeDays = DEFAULT_DAYS }: SecretRequest,
  clock: Clock,
  signal?: AbortSignal,
): Promise<AddedCredential> {
  const now = clock.now();
  const { body } = await graph.request({
    method: 'POST',
    path: graphPath`/applications/${objectId}/addPassword`,
    body: {
      passwordCredential: {
        displayName,
        startDateTime: new Date(now).toISOString(),
        endDateTime: new Date(endOfLifetime(now, lifetimeDays)).toISOString(),
      },
    },
    signal,
  });
  const stored = storedKey.safeParse(body);
  const { secretText } = (body ?? {}) as { secretText?: unknown };
  if (stored.success && typeof secretText === 'string' && secretText !== '') {
    return { ...fromStored('secret', stored.data), created: true, secret: createSecret(secretText) };
  }
  throw new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: 'Microsoft Graph added a secret and did not tell it.',
    remedy: `Remove the secret named ${displayName} that is without use, and try again.`,
  });
}

/** Takes a secret away. */
export async function removeSecret(
  graph: Graph,
  { objectId }: Application,
  keyId: string,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await graph.request({
      method: 'POST',
      path: graphPath`/applications/${objectId}/removePassword`,
      body: { keyId },
      retry: 'always',
      signal,
    });
  } catch (error) {
    // The second attempt finds nothing to remove where the first one's answer was lost.
    if (!isAmlAuthError(error) || error.code !== 'AML_REQUEST_REJECTED') throw error;
    const { passwordCredentials } = await getApplication(graph, { objectId }, signal);
    if (passwordCredentials.some((key) => key.keyId.toLowerCase() === keyId)) throw error;
  }
}
