import { AmlAuthError } from '@aml-auth/core';
import * as z from 'zod';

import { AUTHORIZATION_API_VERSION, type Arm } from '../arm/authorization-path.js';
import { optionalText, parseReply } from '../arm/parse-reply.js';
import type { ProviderOperation } from './access-collection.js';

/** Which operations {@link collectOperations} reads. */
export interface CollectOperationsOptions {
  /** Namespaces, such as `Microsoft.MachineLearningServices`. */
  readonly providers: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

const NAMESPACE = /^[a-z][\w-]*(?:\.[\w-]+)*$/i;

const operations = z
  .array(
    z.object({
      name: z.string().min(1),
      displayName: optionalText,
      isDataAction: z.boolean().nullish(),
    }),
  )
  .nullish()
  .transform((list) => list ?? []);

const provider = z.object({
  operations,
  resourceTypes: z
    .array(z.object({ operations }))
    .nullish()
    .transform((list) => list ?? []),
});

/**
 * What resource providers publish as operations that roles can allow, in the order of their names.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for what is no namespace; `AML_RESPONSE_INVALID`; what the `ArmClient`
 *   throws
 */
export async function collectOperations(
  arm: Pick<Arm, 'request'>,
  { providers, signal }: CollectOperationsOptions,
): Promise<readonly ProviderOperation[]> {
  const found = new Map<string, ProviderOperation>();
  for (const namespace of providers) {
    const { body } = await arm.request({
      method: 'GET',
      path: `/providers/Microsoft.Authorization/providerOperations/${checked(namespace)}`,
      apiVersion: AUTHORIZATION_API_VERSION,
      query: { $expand: 'resourceTypes' },
      signal,
    });
    const answer = parseReply(provider, body, 'list of operations');
    const all = [answer, ...answer.resourceTypes].flatMap((part) => part.operations);
    for (const { name, displayName, isDataAction } of all) {
      found.set(`${String(isDataAction)} ${name.toLowerCase()}`, {
        name,
        isDataAction: isDataAction === true,
        ...(displayName === undefined ? {} : { displayName }),
      });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function checked(namespace: string): string {
  if (NAMESPACE.test(namespace)) return namespace;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${JSON.stringify(namespace.slice(0, 100))} is no resource provider.`,
    remedy: 'Give a namespace such as Microsoft.MachineLearningServices.',
  });
}
