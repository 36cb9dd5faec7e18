import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createTokenEngine, type StoredToken } from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import { describe, expect, it } from 'vitest';

const SCOPE = 'https://ml.azure.com/.default';
const MEGABYTE = 1 << 20;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes in use after everything that can be freed is. */
function heap(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

function engine() {
  const clock = manualClock();
  let fetches = 0;
  const subject = createTokenEngine({
    identity: { authorityHost: 'https://login.test', tenantId: 't', clientId: 'c', fingerprint: 'f' },
    clock,
    acquire: (): Promise<StoredToken> => {
      fetches += 1;
      const token = `${fetches}-`.padEnd(2_000, 'x');
      return Promise.resolve({ token, expiresOnTimestamp: clock.now() + 3_600_000 });
    },
  });
  return { subject, clock };
}

/** How much the heap has grown by the second half of the calls. */
async function growth(count: number, call: (index: number) => Promise<unknown>): Promise<number> {
  for (let index = 0; index < count / 2; index += 1) await call(index);
  const before = heap();
  for (let index = count / 2; index < count; index += 1) await call(index);
  return heap() - before;
}

describe('the memory of an engine', () => {
  it('is flat over a million calls, each with a signal of its own', async () => {
    const { subject, clock } = engine();
    const grown = await growth(1_000_000, (index) => {
      if (index % 10_000 === 0) clock.advance(60_000);
      return subject.getToken(SCOPE, index % 100 === 0 ? { abortSignal: new AbortController().signal } : {});
    });
    expect(grown).toBeLessThan(2 * MEGABYTE);
  });

  it('is bounded where every call is for another scope, tenant or challenge', async () => {
    const { subject, clock } = engine();
    const grown = await growth(30_000, (index) => {
      clock.advance(5_000);
      const claims = `{"access_token":{"nbf":{"value":"${index}"}}}`;
      const options = [{ tenantId: `t${index}.example` }, { claims }, {}][index % 3];
      return subject.getToken(index % 3 === 1 ? SCOPE : `https://host-${index}.example/.default`, options);
    });
    expect(grown).toBeLessThan(4 * MEGABYTE);
  });

  it('does not keep a signal that outlives the call', async () => {
    const { subject } = engine();
    let listeners = 0;
    const signal = {
      aborted: false,
      addEventListener: () => void (listeners += 1),
      removeEventListener: () => void (listeners -= 1),
    };
    for (let index = 0; index < 100; index += 1) {
      await subject.getToken(`scope-${index}/.default`, { abortSignal: signal });
    }
    expect(listeners).toBe(0);
  });
});
