import { AmlAuthError, createAccessToken, type Clock, type Credential } from '@aml-auth/core';
import type { Secret, Secrets } from '../resources/secret.js';
import type { WorkspaceResources } from '../resources/machine-learning-clients.js';
import type { EndpointFacts } from './endpoint-facts.js';

/** The online endpoints of a workspace, in Azure Resource Manager. */
export type OnlineEndpoints = WorkspaceResources['onlineEndpoints'];

/** Something that a call of an endpoint can prove itself with. */
export interface EndpointSecret {
  /** Two with the same id are the same. Secret. */
  readonly id: string;
  readonly credential: Credential;
}

/** What the calls of an endpoint prove themselves with. */
export interface EndpointSecrets {
  /** What to try first. */
  best(): Promise<EndpointSecret>;
  /** All there are, the best one first. */
  all(): Promise<readonly EndpointSecret[]>;
  /** Goes first from now on. */
  prefer(secret: EndpointSecret): void;
}

/** What {@link endpointSecrets} needs. */
export interface SecretsContext {
  readonly endpoints: OnlineEndpoints;
  readonly credential: Credential;
  readonly clock: Pick<Clock, 'now'>;
}

/** Tokens without a time are used until they are refused. */
const NEVER = Number.POSITIVE_INFINITY;

/**
 * Reads the secrets that an endpoint's `authMode` asks for: both keys, a token that Azure Machine Learning makes for the
 * endpoint and that is renewed in time, or nothing but the caller's own credential.
 *
 * @throws {AmlAuthError} what Azure Resource Manager answers
 */
export async function endpointSecrets(
  context: SecretsContext,
  name: string,
  { authMode }: EndpointFacts,
): Promise<EndpointSecrets> {
  if (authMode === 'AADToken')
    return oneSecret(() => Promise.resolve({ id: 'entra', credential: context.credential }));
  if (authMode === 'AMLToken') return oneSecret(await renewedToken(context, name));
  const keys = await context.endpoints.actions.listKeys(name);
  const texts = ['primaryKey', 'secondaryKey'].flatMap((key) => textAt(keys, key) ?? []);
  const [first, ...others] = texts.map((text) => fixed(text, NEVER));
  if (first === undefined) throw noSecret(name, 'keys');
  return severalSecrets(first, others);
}

function oneSecret(read: () => Promise<EndpointSecret>): EndpointSecrets {
  return { best: read, all: async () => [await read()], prefer: () => undefined };
}

function severalSecrets(first: EndpointSecret, others: readonly EndpointSecret[]): EndpointSecrets {
  let best = first;
  const all = [first, ...others];
  return {
    best: () => Promise.resolve(best),
    all: () => Promise.resolve([best, ...all.filter(({ id }) => id !== best.id)]),
    prefer(secret) {
      best = secret;
    },
  };
}

interface EndpointToken {
  readonly secret: EndpointSecret;
  /** Milliseconds since the epoch. */
  readonly refreshAt: number;
  readonly expiresAt: number;
}

/** Renewed once for all callers; while the old token is good, nobody waits, and a failure goes unnoticed. */
async function renewedToken(
  { endpoints, clock }: SecretsContext,
  name: string,
): Promise<() => Promise<EndpointSecret>> {
  const read = async (): Promise<EndpointToken> => tokenOf(name, await endpoints.actions.token(name));
  let token = await read();
  let renewal: Promise<void> | undefined;

  async function renew(): Promise<void> {
    try {
      token = await read();
    } finally {
      renewal = undefined;
    }
  }

  return async () => {
    const now = clock.now();
    if (now >= token.refreshAt) {
      renewal ??= renew();
      if (now >= token.expiresAt) await renewal;
      else renewal.catch(() => undefined);
    }
    return token.secret;
  };
}

function tokenOf(name: string, reply: Secrets): EndpointToken {
  const text = textAt(reply, 'accessToken');
  if (text === undefined) throw noSecret(name, 'token');
  const expiresAt = timeAt(reply, 'expiryTimeUtc') ?? NEVER;
  const refreshAt = timeAt(reply, 'refreshAfterTimeUtc') ?? expiresAt;
  return { secret: fixed(text, expiresAt), refreshAt, expiresAt };
}

function textAt(reply: Secrets, key: string): string | undefined {
  const value = fieldOf(reply, key) as Partial<Secret> | null | undefined;
  const text = value?.reveal?.();
  return text === '' ? undefined : text;
}

/** Seconds since the epoch, as milliseconds. */
function timeAt(reply: Secrets, key: string): number | undefined {
  const value = fieldOf(reply, key);
  return typeof value === 'number' && value > 0 ? value * 1000 : undefined;
}

function fieldOf(reply: Secrets, key: string): unknown {
  return typeof reply === 'object' && reply !== null ? (reply as Record<string, unknown>)[key] : undefined;
}

/** A secret as a credential that always gives it. */
function fixed(token: string, expiresAt: number): EndpointSecret {
  const expiresOnTimestamp = Math.min(expiresAt, Number.MAX_SAFE_INTEGER);
  const held = createAccessToken({ token, expiresOnTimestamp });
  return {
    id: token,
    credential: {
      getToken: () => Promise.resolve(held),
      describe: () => ({ method: 'online-endpoint' }),
    },
  };
}

function noSecret(name: string, what: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `Azure Resource Manager gave no ${what} for the endpoint ${name}.`,
    remedy: 'Check the authMode of the endpoint, and regenerate its keys.',
  });
}
