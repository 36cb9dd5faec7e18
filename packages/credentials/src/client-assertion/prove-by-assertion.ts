import type { ApplicationProof } from '../lib/application-credential.js';
import { parseAssertion } from './parse-assertion.js';

/** Where assertions come from. */
export interface AssertionSource {
  /**
   * Gives a signed token (JWT) of the identity provider that the application trusts. Called once for
   * each token that must be fetched, and not for tokens that are in memory or in a store.
   *
   * @param context - `signal` is aborted when nobody waits for the token any more
   */
  readonly getAssertion: (context: { readonly signal: AbortSignal }) => string | Promise<string>;
  /** What the assertion comes from, for cache keys. Default `callback`. */
  readonly source?: string | undefined;
}

/** The proof by a signed token of another identity provider, asked for anew for every proof. */
export function proveByAssertion({ getAssertion, source = 'callback' }: AssertionSource): ApplicationProof {
  return {
    source,
    prove: async ({ signal }) => ({
      clientAssertion: parseAssertion(await getAssertion({ signal }), 'getAssertion'),
    }),
  };
}
