import { createChain, joinEvents, type Credential } from '@aml-auth/core';
import { channelEvents } from '../lib/channel-events.js';
import { azureMLLinks, developmentLinks, productionLinks, type SignInChainOptions } from './links.js';
import { selectLinks } from './select-links.js';
import type { SignInLink } from './sign-in-link.js';

/**
 * Signs in where programs run: the service principal of the environment, workload identity, GitHub Actions,
 * managed identity; the first that applies. `AZURE_TOKEN_CREDENTIALS` narrows it to one of them.
 *
 * Nothing is asked when it is made. Only the managed identity looks for something on the network: the
 * metadata service, for a second, where no variable names another source.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where `AZURE_TOKEN_CREDENTIALS` leaves no link
 */
export function productionChain(options: SignInChainOptions = {}): Credential {
  return readyMade('productionChain', productionLinks(options), options);
}

/**
 * Signs in at the desk of a person: the Azure CLI, then, where they are asked for, the browser (`browser: true`)
 * and device code (`onPrompt`).
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where `AZURE_TOKEN_CREDENTIALS` leaves no link
 */
export function developmentChain(options: SignInChainOptions = {}): Credential {
  return readyMade('developmentChain', developmentLinks(options), options);
}

/**
 * The same program at a desk, in a pipeline and in Azure: the links of {@link productionChain}, then those of
 * {@link developmentChain}. `AZURE_TOKEN_CREDENTIALS` (`prod`, `dev`, or one name) is honoured as by
 * `DefaultAzureCredential`; unlike that one it stops at a link that applies and is refused.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where `AZURE_TOKEN_CREDENTIALS` leaves no link
 */
export function defaultChain(options: SignInChainOptions = {}): Credential {
  return readyMade('defaultChain', [...productionLinks(options), ...developmentLinks(options)], options);
}

/**
 * Code for Azure Machine Learning that also runs elsewhere: the user who submitted the job, the managed identity
 * of the compute, then everything of {@link defaultChain}.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where `AZURE_TOKEN_CREDENTIALS` leaves no link
 */
export function azureMLChain(options: SignInChainOptions = {}): Credential {
  const links = [...azureMLLinks(options), ...productionLinks(options), ...developmentLinks(options)];
  return readyMade('azureMLChain', links, options);
}

function readyMade(method: string, links: readonly SignInLink[], options: SignInChainOptions): Credential {
  const { env = process.env, events, clock } = options;
  return createChain({
    method,
    links: selectLinks(links, env, method),
    events: joinEvents(events, channelEvents),
    clock,
  });
}
