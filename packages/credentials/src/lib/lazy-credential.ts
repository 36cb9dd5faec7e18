import type { Credential, Finding } from '@aml-auth/core';

/**
 * A credential that reads its settings when it is first asked: where they are missing, `getToken`
 * rejects with `AML_NOT_CONFIGURED` and a chain goes on, instead of the factory throwing. Settings
 * that appear later are found.
 */
export function lazyCredential(
  method: string,
  make: () => Credential,
  findings?: () => readonly Finding[],
): Credential {
  let made: Credential | undefined;
  const inner = (): Credential => (made ??= make());
  return {
    // Async, so that what `make` throws becomes a rejection.
    async getToken(scopes, options) {
      return inner().getToken(scopes, options);
    },
    describe() {
      try {
        return inner().describe();
      } catch {
        return { method };
      }
    },
    findings,
  };
}
