import { abortable } from './abort.js';
import type { AccessToken } from './access-token.js';
import { systemClock, type Clock } from './clock.js';
import type { Credential, GetTokenOptions } from './credential.js';
import { AmlAuthError, isAmlAuthError, type ChainAttempt } from './errors.js';
import type { LinkRecord } from './explain/decision-record.js';
import { errorPart, frame, notTried, recordOf } from './explain/record-of.js';
import { joinEvents, type TokenEvents } from './token-events.js';

/** What {@link createChain} is made from. */
export interface ChainOptions {
  /** In the order in which they are asked. At least one. */
  readonly links: readonly Credential[];
  /** What the chain is called in descriptions. Default `chain`. */
  readonly method?: string | undefined;
  /** `onSkip` is told about every link that was passed over; a link has its own listeners for its tokens. */
  readonly events?: TokenEvents | undefined;
  /** Measures how long each link takes. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
}

/**
 * The first credential that applies. A link that does not apply (its error says `skip`) lets the
 * next one try; a link that applies and is refused ends the chain, so that nobody else's identity
 * is used by accident. The winner is remembered and asked directly from then on.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` without a link; by `getToken`: the error of the link that stopped the
 *   chain, or `AML_CHAIN_EXHAUSTED` with one entry in `attempts` for every link
 */
export function chain(...links: readonly Credential[]): Credential {
  return createChain({ links });
}

/**
 * As {@link chain}, with listeners and a name.
 *
 * @throws {AmlAuthError} as {@link chain}
 */
export function createChain(options: ChainOptions): Credential {
  const { links, method = 'chain', clock = systemClock } = options;
  const events = joinEvents(options.events);
  if (links.length === 0) throw noLink();
  let winner: Credential | undefined;

  const inOrder = (): readonly Credential[] =>
    winner === undefined ? links : [winner, ...links.filter((other) => other !== winner)];

  async function firstThatApplies(
    scopes: string | readonly string[],
    asked: GetTokenOptions | undefined,
  ): Promise<AccessToken> {
    const attempts: ChainAttempt[] = [];
    for (const link of inOrder()) {
      const started = clock.monotonic();
      try {
        const token = await link.getToken(scopes, asked);
        winner = link;
        return token;
      } catch (error) {
        if (!isAmlAuthError(error) || error.disposition === 'stop') throw error;
        if (link === winner) winner = undefined;
        const attempt = attemptOf(link, error);
        attempts.push(attempt);
        events.onSkip({ ...attempt, ms: clock.monotonic() - started });
      }
    }
    throw exhausted(attempts);
  }

  const self: Credential = {
    getToken: (scopes, asked) => abortable(firstThatApplies(scopes, asked), asked?.abortSignal),
    describe: () => ({ method, links: links.map((link) => link.describe()) }),
    async explain(scopes, asked) {
      const started = clock.monotonic();
      const records: LinkRecord[] = [];
      let end: LinkRecord | undefined;
      for (const link of inOrder()) {
        const record = end === undefined ? await recordOf(link, scopes, asked, clock) : notTried(link);
        records.push(record);
        if (end === undefined && record.outcome !== 'skipped') {
          end = record;
          if (record.outcome === 'token') winner = link;
        }
      }
      const { outcome = 'skipped' } = end ?? {};
      const error = end?.error ?? (end === undefined ? errorPart(exhausted(attemptsIn(records))) : undefined);
      return {
        ...frame(self, outcome, Math.round(clock.monotonic() - started)),
        ...(end?.identity === undefined ? {} : { identity: end.identity }),
        ...(end?.expiresOn === undefined ? {} : { expiresOn: end.expiresOn }),
        ...(error === undefined ? {} : { error }),
        links: records,
      };
    },
  };
  return self;
}

function attemptOf(link: Credential, error: AmlAuthError): ChainAttempt {
  const { code, message, remedy } = error;
  return { method: link.describe().method, code, message, ...(remedy === undefined ? {} : { remedy }) };
}

function attemptsIn(records: readonly LinkRecord[]): ChainAttempt[] {
  return records.flatMap(({ method, error }) =>
    error === undefined
      ? []
      : [
          {
            method,
            code: error.code,
            message: error.message,
            ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
          },
        ],
  );
}

function exhausted(attempts: readonly ChainAttempt[]): AmlAuthError {
  const reasons = attempts.map(({ method, message }) => `${method}: ${message}`).join(' ');
  return new AmlAuthError({
    code: 'AML_CHAIN_EXHAUSTED',
    message: `None of the ${String(attempts.length)} credentials applies here. ${reasons}`,
    remedy:
      attempts.find(({ remedy }) => remedy !== undefined)?.remedy ??
      'Configure one of them; explain() says what each looks for.',
    attempts,
  });
}

function noLink(): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: 'A chain of credentials has no link.',
    remedy: 'Give chain() at least one credential.',
  });
}
