import {
  AmlAuthError,
  identityOfToken,
  systemClock,
  toAmlAuthError,
  type AccessToken,
  type Clock,
  type Credential,
} from '@aml-auth/core';

/** A user name and a password, as Redis asks for them by `AUTH`. */
export interface RedisPassword {
  /** The object id of the identity, or the user name that was configured. */
  readonly username: string;
  /** An access token. A secret. */
  readonly password: string;
}

/** Passwords that come as long as nobody ends them. */
export interface RedisSubscription {
  /** Ends the renewal. */
  dispose(): void;
}

/** A `StreamingCredentialsProvider` for `credentialsProvider` of node-redis (`redis` 6). */
export interface EntraRedisCredentials {
  readonly type: 'streaming-credentials-provider';
  /** The first password, and to the listener each that replaces it until `dispose`. */
  subscribe(listener: {
    onNext(next: RedisPassword): void;
    onError(error: Error): void;
  }): Promise<[RedisPassword, RedisSubscription]>;
  /** Called by the client where the server refuses a new token on an open connection. */
  onReAuthenticationError(error: Error): void;
}

/** How {@link entraRedisCredentials} signs in. */
export interface EntraRedisOptions {
  /** Default `https://redis.azure.com/.default`: Azure Managed Redis and Azure Cache for Redis, public cloud. */
  readonly scope?: string | undefined;
  /** The user name. Default: the object id (`oid`) of the token. */
  readonly username?: string | undefined;
  /** Told when the server refuses a new token on a connection that is open. Default: nobody. */
  readonly onError?: ((error: Error) => void) | undefined;
  /** Tells when a password is to be renewed. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
}

const SCOPE = 'https://redis.azure.com/.default';
/** Share of a token's time after which a new one is asked for. */
const RENEW_SHARE = 0.8;
/** Share of the time that is left after which it is asked for again, where there was none; and the shortest such wait. */
const [AGAIN_SHARE, SHORTEST_MS] = [0.25, 1_000];

/**
 * Microsoft Entra authentication to Azure Managed Redis for node-redis: an access token as the password, the object id
 * as the user name, and `AUTH` again on open connections before the token expires, since the server closes them then
 * ([Use Microsoft Entra ID](https://learn.microsoft.com/azure/redis/entra-for-authentication)).
 *
 * A refresh that fails is tried again as long as the old token lasts; after that the client gets the error.
 *
 * @param credential - signs in; its object id needs an access policy assignment on the cache
 * @throws {AmlAuthError} by `subscribe`: what `getToken` throws, or `AML_CONFIG_INVALID` where the token does not say
 *   whose it is and `username` is not given
 */
export function entraRedisCredentials(
  credential: Pick<Credential, 'getToken'>,
  options: EntraRedisOptions = {},
): EntraRedisCredentials {
  const { scope = SCOPE, username, onError, clock = systemClock } = options;

  function passwordOf({ token }: AccessToken): RedisPassword {
    const name = username ?? identityOfToken(token)?.objectId;
    if (name === undefined) throw noUserName();
    return { username: name, password: token };
  }

  return {
    type: 'streaming-credentials-provider',
    onReAuthenticationError: (error) => onError?.(error),
    async subscribe(listener) {
      let current = await credential.getToken(scope);
      let isOver = false;
      let cancelTimer = (): void => undefined;

      function plan(share: number): void {
        const leftMs = current.expiresOnTimestamp - clock.now();
        cancelTimer = clock.schedule(Math.max(SHORTEST_MS, leftMs * share), () => void renew());
      }

      async function renew(): Promise<void> {
        try {
          const next = await credential.getToken(scope);
          if (isOver) return;
          // A credential may give the old token once more while it fetches a new one.
          const isNew = next.token !== current.token;
          current = next;
          if (isNew) listener.onNext(passwordOf(next));
          plan(isNew ? RENEW_SHARE : AGAIN_SHARE);
        } catch (error) {
          if (isOver) return;
          if (clock.now() < current.expiresOnTimestamp) plan(AGAIN_SHARE);
          else listener.onError(toAmlAuthError(error));
        }
      }

      const first = passwordOf(current);
      plan(RENEW_SHARE);
      const dispose = (): void => {
        isOver = true;
        cancelTimer();
      };
      return [first, { dispose }];
    },
  };
}

function noUserName(): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: 'The access token for Redis does not name an object id (oid).',
    remedy: 'Give the object id of the identity as username.',
  });
}
