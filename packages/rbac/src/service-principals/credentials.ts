import { AmlAuthError, systemClock, type Clock } from '@aml-auth/core';

import type { Graph } from '../graph/graph-client.js';
import { graphPath } from '../graph/graph-path.js';
import {
  getApplication,
  type Application,
  type ApplicationReference,
  type StoredApplication,
} from './application.js';
import { addCertificate, prepareCertificate, removeCertificate, type KeyWrite } from './certificates.js';
import { checkCredentialRequest, type CredentialRequest } from './credential-request.js';
import { keyCredentialsOf, type AddedCredential, type ApplicationCredential } from './credential.js';
import { addFederatedCredential, listFederatedCredentials } from './federated-credentials.js';
import { addSecret, removeSecret } from './secrets.js';

/** How the credentials of an application are read and changed. */
export interface CredentialOptions {
  /** Whose credentials. */
  readonly application: ApplicationReference;
  /** Measures waits and lifetimes. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Ends the call with `AML_CANCELLED`; a write may have been carried out. */
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
  /** What is to be added. */
  readonly credential: CredentialRequest;
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
  return (await prepareCredential(credential, { clock, signal }))(graph, application);
}

/** Adds a credential to an application; a second time, as far as it can be told, not again. */
export type AddTo = (graph: Graph, application: Application) => Promise<AddedCredential>;

/**
 * {@link addCredential} in two steps: what is asked for is prepared once, and may be added in several attempts.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export async function prepareCredential(request: CredentialRequest, write: KeyWrite): Promise<AddTo> {
  checkCredentialRequest(request);
  const { clock, signal } = write;
  switch (request.kind) {
    case 'federated':
      return (graph, application) => addFederatedCredential(graph, application, request, signal);
    case 'certificate': {
      const prepared = await prepareCertificate(request, clock);
      return (graph, application) => addCertificate(graph, application, request, prepared, write);
    }
    case 'secret':
      return (graph, application) => addSecret(graph, application, request, clock, signal);
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
  const { clock = systemClock, signal } = options;
  if (typeof options.id !== 'string' || options.id.trim() === '') {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'The id of the credential is empty.',
      remedy: 'Give an id that listCredentials shows.',
    });
  }
  const id = options.id.toLowerCase();
  const application = await getApplication(graph, options.application, signal);
  const isIt = (one: ApplicationCredential): boolean => one.id.toLowerCase() === id;
  const found =
    keyCredentialsOf(application).find(isIt) ??
    (await listFederatedCredentials(graph, application, signal)).find(isIt);
  if (found === undefined) return false;
  if (found.kind === 'secret') await removeSecret(graph, application, id, signal);
  else if (found.kind === 'certificate') await removeCertificate(graph, application, id, { clock, signal });
  else {
    const path = graphPath`/applications/${application.objectId}/federatedIdentityCredentials/${found.id}`;
    await graph.request({ method: 'DELETE', path, signal });
  }
  return true;
}
