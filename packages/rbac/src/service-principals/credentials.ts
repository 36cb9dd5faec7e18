import { AmlAuthError, systemClock, type Clock } from '@aml-auth/core';

import type { Graph } from '../graph/graph-client.js';
import { graphPath } from '../graph/graph-path.js';
import {
  getApplication,
  type Application,
  type ApplicationReference,
  type StoredApplication,
} from './application.js';
import { addCertificate, removeCertificate } from './certificates.js';
import { checkCredentialRequest, type CredentialRequest } from './credential-request.js';
import { keyCredentialsOf, type AddedCredential, type ApplicationCredential } from './credential.js';
import { addFederatedCredential, listFederatedCredentials } from './federated-credentials.js';
import { addSecret, removeSecret } from './secrets.js';

/** How the credentials of an application are read and changed. */
export interface CredentialOptions {
  /** Whose credentials. */
  readonly application: ApplicationReference;
  readonly signal?: AbortSignal | undefined;
}

/**
 * By what an application can prove itself: secrets (without their text), certificates, federated credentials.
 *
 * @throws {AmlAuthError} `AML_NOT_FOUND`, `AML_CONFIG_INVALID`; what the `GraphClient` throws
 */
export async function listCredentials(
  graph: Graph,
  { application, signal }: CredentialOptions,
): Promise<readonly ApplicationCredential[]> {
  return credentialsOf(graph, await getApplication(graph, application, signal), signal);
}

/** {@link listCredentials} of an application that was read already. */
export async function credentialsOf(
  graph: Graph,
  application: StoredApplication,
  signal?: AbortSignal,
): Promise<readonly ApplicationCredential[]> {
  const federated = await listFederatedCredentials(graph, application, signal);
  return [...keyCredentialsOf(application), ...federated];
}

/** What {@link addCredential} adds. */
export interface AddCredentialOptions extends CredentialOptions {
  readonly credential: CredentialRequest;
  readonly clock?: Clock | undefined;
}

/**
 * Adds a credential beside those that the application has. A certificate or federated credential that it has already
 * is no error; a secret is always a new one.
 *
 * @throws {AmlAuthError} `AML_NOT_FOUND`, `AML_CONFIG_INVALID`; `AML_CONFLICT` where another stands in the way; what
 *   the `GraphClient` throws
 */
export async function addCredential(graph: Graph, options: AddCredentialOptions): Promise<AddedCredential> {
  const { credential, clock = systemClock, signal } = options;
  checkCredentialRequest(credential);
  const application = await getApplication(graph, options.application, signal);
  return addCredentialTo(graph, application, credential, clock, signal);
}

/** {@link addCredential} for an application that was read already. */
export function addCredentialTo(
  graph: Graph,
  application: Application,
  request: CredentialRequest,
  clock: Clock,
  signal?: AbortSignal,
): Promise<AddedCredential> {
  switch (request.kind) {
    case 'federated':
      return addFederatedCredential(graph, application, request, signal);
    case 'certificate':
      return addCertificate(graph, application, request, clock, signal);
    case 'secret':
      return addSecret(graph, application, request, clock, signal);
  }
}

/** Which credential {@link removeCredential} removes. */
export interface RemoveCredentialOptions extends CredentialOptions {
  /** Key id of a secret or certificate, or id of a federated credential. */
  readonly id: string;
}

/**
 * Removes one credential of an application and leaves the others. Answers false where it was not there.
 *
 * @throws {AmlAuthError} `AML_NOT_FOUND` for an application that is not there; what the `GraphClient` throws
 */
export async function removeCredential(graph: Graph, options: RemoveCredentialOptions): Promise<boolean> {
  const { signal } = options;
  if (typeof options.id !== 'string' || options.id.trim() === '') {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'The id of the credential is empty.',
      remedy: 'Give an id that listCredentials shows.',
    });
  }
  const id = options.id.toLowerCase();
  const application = await getApplication(graph, options.application, signal);
  const credentials = await credentialsOf(graph, application, signal);
  const found = credentials.find((one) => one.id.toLowerCase() === id);
  if (found === undefined) return false;
  if (found.kind === 'secret') await removeSecret(graph, application, id, signal);
  else if (found.kind === 'certificate') await removeCertificate(graph, application, id, signal);
  else {
    const path = graphPath`/applications/${application.objectId}/federatedIdentityCredentials/${found.id}`;
    await graph.request({ method: 'DELETE', path, signal });
  }
  return true;
}
