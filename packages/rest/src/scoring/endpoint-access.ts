import { abortable } from '@aml-auth/core';
import { endpointFacts, type EndpointFacts } from './endpoint-facts.js';
import { endpointSecrets, type EndpointSecrets, type SecretsContext } from './endpoint-secrets.js';

/** How an endpoint is reached, as Azure Resource Manager said it at one time. */
export interface EndpointAccess {
  readonly facts: EndpointFacts;
  readonly secrets: EndpointSecrets;
}

/** Keeps how an endpoint is reached. */
export interface AccessKeeper {
  /** What is known, or read now. All that ask at the same time share one reading. */
  get(signal: AbortSignal): Promise<EndpointAccess>;
  /** What is read anew after `refused` led to a refusal. All that were refused with the same share one reading. */
  renew(refused: EndpointAccess, signal: AbortSignal): Promise<EndpointAccess>;
}

/** Makes an {@link AccessKeeper}. Sends nothing yet. */
export function accessKeeper(context: SecretsContext, name: string): AccessKeeper {
  let known: EndpointAccess | undefined;
  let reading: Promise<EndpointAccess> | undefined;

  async function read(): Promise<EndpointAccess> {
    try {
      const { properties } = await context.endpoints.get(name);
      const facts = endpointFacts(name, properties);
      known = { facts, secrets: await endpointSecrets(context, name, facts) };
      return known;
    } finally {
      reading = undefined;
    }
  }

  // Nobody who leaves ends a reading that others wait for.
  const shared = async (signal: AbortSignal): Promise<EndpointAccess> =>
    abortable((reading ??= read()), signal);

  return {
    get: async (signal) => known ?? shared(signal),
    renew: async (refused, signal) => (known !== undefined && known !== refused ? known : shared(signal)),
  };
}
