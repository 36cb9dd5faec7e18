import type { AccessToken } from '../access-token.js';
import type { Credential } from '../credential.js';
import { recordOf } from '../explain/record-of.js';

/**
 * The credential behind a check of its tokens. A token in memory is the same object for every caller, and
 * is looked into once.
 *
 * @param check - throws where the token must not be released
 */
export function guarded(credential: Credential, check: (token: AccessToken) => void): Credential {
  const passed = new WeakSet<AccessToken>();
  const outer: Credential = {
    async getToken(scopes, options) {
      const token = await credential.getToken(scopes, options);
      if (!passed.has(token)) check(token);
      passed.add(token);
      return token;
    },
    describe: () => credential.describe(),
    findings: () => credential.findings?.() ?? [],
    async explain(scopes, options) {
      const inner = await recordOf(credential, scopes, options);
      if (inner.outcome !== 'token') return inner;
      const checked = await recordOf({ ...outer, explain: undefined }, scopes, options);
      return inner.links === undefined ? checked : { ...checked, links: inner.links };
    },
  };
  return outer;
}
