import { manualClock } from '@aml-auth/core/testing';
import { tokenKey } from '@aml-auth/testkit';
import { memoryTokenStore } from '@aml-auth/token-cache';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const SIZE = 3;

const step = fc.oneof(
  fc.record({
    kind: fc.constant('set' as const),
    key: fc.nat(5),
    lifeMs: fc.integer({ min: -10, max: 100 }),
  }),
  fc.record({ kind: fc.constant('get' as const), key: fc.nat(5) }),
  fc.record({ kind: fc.constant('delete' as const), key: fc.nat(5) }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(60) }),
);

/** The plainest model: a list in order of use, searched from the start each time. */
it('keeps, forgets and expires as a plain list of the last used tokens does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const clock = manualClock();
      const store = memoryTokenStore({ clock, maxEntries: SIZE });
      let model: { key: number; token: string; end: number }[] = [];
      for (const [index, one] of steps.entries()) {
        if (one.kind === 'pass') {
          clock.advance(one.ms);
          continue;
        }
        const key = tokenKey({ scopes: [String(one.key)] });
        const entry = model.find((held) => held.key === one.key && held.end > clock.now());
        model = model.filter((held) => held.key !== one.key);
        if (one.kind === 'delete') await store.delete(key);
        if (one.kind === 'get') {
          expect((await store.get(key))?.token).toBe(entry?.token);
          if (entry !== undefined) model.push(entry);
        }
        if (one.kind === 'set') {
          const token = `token-${String(index)}`;
          const end = clock.now() + one.lifeMs;
          await store.set(key, { token, expiresOnTimestamp: end });
          if (one.lifeMs > 0) model = [...model, { key: one.key, token, end }].slice(-SIZE);
        }
      }
    }),
  );
});
