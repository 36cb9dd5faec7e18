import { AmlAuthError, createTokenEngine, isAmlAuthError, type StoredToken } from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const SCOPES = ['https://ml.azure.com/.default', 'https://management.azure.com/.default'];
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** What the source does from now on. */
const mood = fc.constantFrom('gives', 'fails', 'refuses', 'throttles', 'hangs');

/** One thing that happens to an engine. Times in milliseconds. */
const event = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('call' as const), scope: fc.nat(1), claims: fc.nat(3) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 4_000_000 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('source' as const), mood }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('setClock' as const),
      ms: fc.integer({ min: -86_400_000, max: 86_400_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), scope: fc.nat(1) }) },
);

/** How long tokens live, and when the service wants them refreshed. */
const life = fc.record({
  ms: fc.oneof(fc.integer({ min: -1_000, max: 60_000 }), fc.constant(3_600_000)),
  refreshMs: fc.option(fc.integer({ min: 0, max: 3_600_000 }), { nil: undefined }),
});

interface Issued {
  readonly at: number;
  readonly lifeMs: number;
}

it('keeps its promises, whatever happens in which order', async () => {
  const rejections: unknown[] = [];
  const note = (reason: unknown): void => void rejections.push(reason);
  process.on('unhandledRejection', note);
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 40 }), life, async (events, lives) => {
      const clock = manualClock();
      const issued = new Map<string, Issued>();
      const running = new Map<string, Set<AbortSignal>>();
      const starts = new Map<string, number[]>();
      let now: 'gives' | 'fails' | 'refuses' | 'throttles' | 'hangs' = 'gives';
      let tokens = 0;

      const acquire = async ({
        scopes,
        claims,
        background,
        signal,
      }: Parameters<Parameters<typeof createTokenEngine>[0]['acquire']>[0]): Promise<StoredToken> => {
        const key = `${scopes.join(' ')} ${claims}`;
        // One request in flight for one key; one that everybody has left does not count.
        const others = running.get(key) ?? new Set();
        expect([...others].filter(({ aborted }) => !aborted)).toEqual([]);
        running.set(key, others.add(signal));
        if (background) starts.set(key, [...(starts.get(key) ?? []), clock.monotonic()]);
        try {
          if (now === 'hangs') {
            await new Promise<never>((_resolve, reject) => {
              signal.addEventListener('abort', () => reject(new Error('left')));
            });
          }
          await settle();
          if (now === 'fails') throw new AmlAuthError({ code: 'AML_NETWORK', message: 'down' });
          if (now === 'refuses') throw new AmlAuthError({ code: 'AML_CREDENTIAL_REJECTED', message: 'no' });
          if (now === 'throttles')
            throw new AmlAuthError({ code: 'AML_THROTTLED', message: 'slow', retryAfterMs: 60_000 });
          tokens += 1;
          const token = `token-${tokens}`;
          issued.set(token, { at: clock.monotonic(), lifeMs: lives.ms });
          return {
            token,
            expiresOnTimestamp: clock.now() + lives.ms,
            ...(lives.refreshMs === undefined
              ? {}
              : { refreshAfterTimestamp: clock.now() + lives.refreshMs }),
          };
        } finally {
          others.delete(signal);
        }
      };
      const engine = createTokenEngine({
        identity: { authorityHost: 'https://login.test', tenantId: 't', clientId: 'c', fingerprint: 'f' },
        clock,
        random: () => 0.5,
        acquire,
      });

      for (const one of events) {
        if (one.do === 'wait') clock.advance(one.ms);
        else if (one.do === 'setClock') clock.setWallTime(clock.now() + one.ms);
        else if (one.do === 'source') now = one.mood;
        else {
          const controller = new AbortController();
          const claims = one.do === 'call' && one.claims > 0 ? `{"n":${one.claims}}` : undefined;
          const pending = engine.getToken(SCOPES[one.scope] ?? '', {
            claims,
            abortSignal: controller.signal,
          });
          const state = { settled: false };
          const outcome = pending
            .then(
              (token) => token.token,
              (error: unknown) => error,
            )
            .finally(() => (state.settled = true));
          await settle();
          await settle();
          // A source that hangs, or a refresh that began while it did, answers nobody: the caller leaves.
          if (one.do === 'cancel' || !state.settled) controller.abort();
          const result = await outcome;
          if (typeof result !== 'string') {
            expect(isAmlAuthError(result)).toBe(true);
            continue;
          }
          // What is served is good for the time that the service gave it, or one second.
          const { at = 0, lifeMs = 0 } = issued.get(result) ?? {};
          expect(clock.monotonic() - at).toBeLessThanOrEqual(Math.max(lifeMs, 1_000));
        }
        await settle();
      }
      for (const times of starts.values()) {
        times
          .slice(1)
          .forEach((time, index) => expect(time - (times[index] ?? 0)).toBeGreaterThanOrEqual(1_000));
      }
    }),
    { numRuns: 1_000 },
  );
  await settle();
  process.off('unhandledRejection', note);
  expect(rejections).toEqual([]);
});
