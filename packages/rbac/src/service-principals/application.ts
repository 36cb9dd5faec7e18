import { AmlAuthError, isAmlAuthError, isGuid, parseGuid } from '@aml-auth/core';
import * as z from 'zod';

import { optionalText } from '../arm/parse-reply.js';
import type { Graph } from '../graph/graph-client.js';
import { graphPath } from '../graph/graph-path.js';

/** An application registration of the tenant. */
export interface Application {
  /** Of the registration; neither the application id nor the object id of the service principal. */
  readonly objectId: string;
  /** The application (client) id. */
  readonly appId: string;
  /** The name that people see; it need not be unique. */
  readonly displayName: string;
  /** A name that no other application of the tenant has, where it was made with one. It never changes. */
  readonly uniqueName?: string;
}

/**
 * Which application is meant. A text is its application id, its object id or the object id of its service
 * principal. Never a display name: several applications may share one, and anybody may give it to theirs.
 */
export type ApplicationReference =
  | string
  /** By its application (client) id. */
  | { readonly appId: string }
  /** By the name that no other application of the tenant has. */
  | { readonly uniqueName: string }
  /** By the object id of the registration, or of its service principal. */
  | { readonly objectId: string };

/** The application that is wanted. */
export type WantedApplication =
  /** This one. */
  | { readonly appId: string }
  /** The one of this unique name, made where it is missing: safe to repeat. */
  | { readonly uniqueName: string; readonly displayName?: string | undefined }
  /** A new one, whatever others are called. */
  | { readonly displayName: string };

/** A secret or certificate as the directory keeps it, with fields that mean nothing here. */
export interface StoredKey {
  readonly [field: string]: unknown;
  readonly keyId: string;
  readonly displayName?: string | undefined;
  readonly startDateTime?: string | undefined;
  readonly endDateTime?: string | undefined;
  readonly hint?: string | undefined;
  readonly customKeyIdentifier?: string | undefined;
}

/** Unknown fields stay: a certificate is written back as it came. */
export const storedKey: z.ZodType<StoredKey> = z.looseObject({
  keyId: z.string().min(1),
  displayName: optionalText,
  startDateTime: optionalText,
  endDateTime: optionalText,
  hint: optionalText,
  customKeyIdentifier: optionalText,
});

const keys = z
  .array(storedKey)
  .nullish()
  .transform((list) => list ?? []);

const applicationReply = z.object({
  id: z.string().min(1),
  appId: z.string().refine(isGuid),
  displayName: optionalText,
  uniqueName: optionalText,
  passwordCredentials: keys,
  keyCredentials: keys,
});

/** An application with its secrets and certificates, as far as the directory shows them. */
export interface StoredApplication extends Application {
  readonly passwordCredentials: readonly StoredKey[];
  readonly keyCredentials: readonly StoredKey[];
}

/**
 * An application from an answer of Microsoft Graph.
 *
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID`
 */
export function parseApplication(body: unknown): StoredApplication {
  const result = applicationReply.safeParse(body);
  if (!result.success) {
    throw new AmlAuthError({
      code: 'AML_RESPONSE_INVALID',
      message: 'The answer of Microsoft Graph is no application: its ids or credentials are missing.',
      remedy: 'Check the endpoint of the cloud, and that no proxy answers in its place.',
    });
  }
  const { id, appId, displayName = '', uniqueName, passwordCredentials, keyCredentials } = result.data;
  return {
    objectId: id.toLowerCase(),
    appId: appId.toLowerCase(),
    displayName,
    ...(uniqueName === undefined ? {} : { uniqueName }),
    passwordCredentials,
    keyCredentials,
  };
}

/** Without its credentials. */
export function plainApplication(application: StoredApplication): Application {
  const { objectId, appId, displayName, uniqueName } = application;
  return { objectId, appId, displayName, ...(uniqueName === undefined ? {} : { uniqueName }) };
}

/**
 * The application that is meant; undefined where there is none in the tenant.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed reference; what the `GraphClient` throws
 */
export async function findApplication(
  graph: Graph,
  reference: ApplicationReference,
  signal?: AbortSignal,
): Promise<StoredApplication | undefined> {
  for (const path of pathsOf(reference)) {
    const body = await getIfThere(graph, path, signal);
    if (body !== undefined) return parseApplication(body);
  }
  const objectId = typeof reference === 'string' ? reference : 'objectId' in reference && reference.objectId;
  if (typeof objectId !== 'string') return undefined;
  const principal = await getIfThere(graph, graphPath`/servicePrincipals/${objectId}`, signal);
  const { appId } = (principal ?? {}) as { appId?: unknown };
  return typeof appId === 'string' ? findApplication(graph, { appId }, signal) : undefined;
}

/**
 * The application that is meant.
 *
 * @throws {AmlAuthError} `AML_NOT_FOUND`; as {@link findApplication}
 */
export async function getApplication(
  graph: Graph,
  reference: ApplicationReference,
  signal?: AbortSignal,
): Promise<StoredApplication> {
  const application = await findApplication(graph, reference, signal);
  if (application !== undefined) return application;
  throw new AmlAuthError({
    code: 'AML_NOT_FOUND',
    message: `There is no application with the ${describeReference(reference)} in the tenant.`,
    remedy: 'Check the id and the tenant. Display names are not looked for: several may share one.',
  });
}

/** A reference in words. */
export function describeReference(reference: ApplicationReference): string {
  if (typeof reference === 'string') return `id ${reference}`;
  if ('appId' in reference) return `application id ${reference.appId}`;
  return 'uniqueName' in reference
    ? `unique name ${JSON.stringify(reference.uniqueName)}`
    : `object id ${reference.objectId}`;
}

/**
 * A unique name, where it can be one.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function parseUniqueName(name: unknown): string {
  if (typeof name === 'string' && name.trim() !== '' && name.length <= 120) return name;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: 'uniqueName is empty, longer than 120 characters, or no text.',
    remedy: 'Give a name such as ml-pipeline-prod.',
  });
}

function pathsOf(reference: ApplicationReference): readonly string[] {
  if (typeof reference === 'string') {
    const id = parseGuid(reference, 'application');
    return [graphPath`/applications(appId='${id}')`, graphPath`/applications/${id}`];
  }
  if ('appId' in reference) return [graphPath`/applications(appId='${parseGuid(reference.appId, 'appId')}')`];
  return 'uniqueName' in reference
    ? [graphPath`/applications(uniqueName='${parseUniqueName(reference.uniqueName)}')`]
    : [graphPath`/applications/${parseGuid(reference.objectId, 'objectId')}`];
}

async function getIfThere(graph: Graph, path: string, signal: AbortSignal | undefined): Promise<unknown> {
  try {
    return (await graph.request({ method: 'GET', path, signal })).body;
  } catch (error) {
    if (isAmlAuthError(error) && error.code === 'AML_NOT_FOUND') return undefined;
    throw error;
  }
}
