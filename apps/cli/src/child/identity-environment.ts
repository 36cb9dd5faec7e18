import { IDENTITY_VARIABLES } from './identity-variables.js';

type Environment = Readonly<Partial<Record<string, string>>>;

/** Ours, which a child has no use for: they unlock what is kept. */
const OWN_SECRETS = ['AML_AUTH_CACHE_KEY', 'AML_AUTH_CACHE_PASSPHRASE_FILE'];

/**
 * The environment of a program that is to find one identity and no other: the user's own, without secrets and other
 * identities, and the variables of the endpoint. `DefaultAzureCredential` is told to look nowhere else.
 */
export function identityEnvironment(
  own: Environment,
  endpoint: Readonly<Record<string, string>>,
): Environment {
  const foreign = new Set<string>([...IDENTITY_VARIABLES, ...OWN_SECRETS]);
  return {
    ...Object.fromEntries(Object.entries(own).filter(([name]) => !foreign.has(name))),
    ...endpoint,
    AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential',
  };
}
