import { abortable } from './abort.js';
import type { AccessToken } from './access-token.js';
import type { Credential, GetTokenOptions } from './credential.js';
import { AmlAuthError, isAmlAuthError, type ChainAttempt } from './errors.js';

/**
 * The first credential that applies. A link that does not apply (its error says `skip`) lets the
 * next one try; a link that applies and is refused ends the chain, so that nobody else's identity
 * is used by accident. The winner is remembered and asked directly from then on.
 *
 * @throws {AmlAuthError} the error of the link that stopped the chain, or `AML_CHAIN_EXHAUSTED`
 *   with one entry in `attempts` for every link
 */
export function chain(...links: readonly Credential[]): Credential {
  if (links.length === 0) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'A chain of credentials has no link.',
      remedy: 'Give chain() at least one credential.',
    });
  }
  let winner: Credential | undefined;

  async function firstThatApplies(
    scopes: string | readonly string[],
    options: GetTokenOptions | undefined,
  ): Promise<AccessToken> {
    const attempts: ChainAttempt[] = [];
    for (const link of winner === undefined
      ? links
      : [winner, ...links.filter((other) => other !== winner)]) {
      try {
        const token = await link.getToken(scopes, options);
        winner = link;
        return token;
      } catch (error) {
        if (!isAmlAuthError(error) || error.disposition === 'stop') throw error;
        if (link === winner) winner = undefined;
        attempts.push(attemptOf(link, error));
      }
    }
    throw exhausted(attempts);
  }

  return {
    getToken: (scopes, options) => abortable(firstThatApplies(scopes, options), options?.abortSignal),
    describe: () => ({ method: 'chain', links: links.map((link) => link.describe()) }),
  };
}

function attemptOf(link: Credential, error: AmlAuthError): ChainAttempt {
  const { code, message, remedy } = error;
  return { method: link.describe().method, code, message, ...(remedy === undefined ? {} : { remedy }) };
}

function exhausted(attempts: readonly ChainAttempt[]): AmlAuthError {
  const reasons = attempts.map(({ method, message }) => `${method}: ${message}`).join(' ');
  return new AmlAuthError({
    code: 'AML_CHAIN_EXHAUSTED',
    message: `None of the ${String(attempts.length)} credentials applies here. ${reasons}`,
    remedy: attempts.find(({ remedy }) => remedy !== undefined)?.remedy ?? 'Configure one of them.',
    attempts,
  });
}
