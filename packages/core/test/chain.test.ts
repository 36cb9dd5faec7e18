import {
  AmlAuthError,
  chain,
  createAccessToken,
  type AmlAuthErrorCode,
  type Credential,
} from '@aml-auth/core';
import { describe, expect, it } from 'vitest';

const SCOPE = 'https://ml.azure.com/.default';

function link(method: string, outcome: AmlAuthErrorCode | 'token') {
  const state = { calls: 0, outcome };
  const credential: Credential = {
    getToken() {
      state.calls += 1;
      if (state.outcome === 'token') {
        return Promise.resolve(createAccessToken({ token: method, expiresOnTimestamp: Date.now() + 1e6 }));
      }
      return Promise.reject(
        new AmlAuthError({ code: state.outcome, message: `${method} says no.`, remedy: `Fix ${method}.` }),
      );
    },
    describe: () => ({ method }),
  };
  return { credential, state };
}

describe('chain', () => {
  it('goes on after a link that does not apply', async () => {
    const [a, b] = [link('a', 'AML_NOT_CONFIGURED'), link('b', 'token')];
    expect((await chain(a.credential, b.credential).getToken(SCOPE)).token).toBe('b');
  });

  it('stops at a link that applies and is refused, so that nobody else signs in', async () => {
    const [a, b] = [link('a', 'AML_CREDENTIAL_REJECTED'), link('b', 'token')];
    await expect(chain(a.credential, b.credential).getToken(SCOPE)).rejects.toMatchObject({
      code: 'AML_CREDENTIAL_REJECTED',
    });
    expect(b.state.calls).toBe(0);
  });

  it('stops at an error that is not of its own kind', async () => {
    const foreign: Credential = {
      getToken: () => Promise.reject(new TypeError('bug')),
      describe: () => ({ method: 'x' }),
    };
    const b = link('b', 'token');
    await expect(chain(foreign, b.credential).getToken(SCOPE)).rejects.toThrow(TypeError);
    expect(b.state.calls).toBe(0);
  });

  it('asks the winner directly from then on', async () => {
    const [a, b] = [link('a', 'AML_UNAVAILABLE'), link('b', 'token')];
    const both = chain(a.credential, b.credential);
    await both.getToken(SCOPE);
    await both.getToken(SCOPE);
    expect([a.state.calls, b.state.calls]).toEqual([1, 2]);
  });

  it('asks the others again when the winner no longer applies', async () => {
    const [a, b] = [link('a', 'AML_UNAVAILABLE'), link('b', 'token')];
    const both = chain(a.credential, b.credential);
    await both.getToken(SCOPE);
    b.state.outcome = 'AML_UNAVAILABLE';
    a.state.outcome = 'token';
    expect((await both.getToken(SCOPE)).token).toBe('a');
  });

  it('names every link and its reason when none applies', async () => {
    const links = [link('a', 'AML_NOT_CONFIGURED'), link('b', 'AML_UNAVAILABLE')];
    const call = chain(...links.map(({ credential }) => credential)).getToken(SCOPE);
    await expect(call).rejects.toMatchObject({
      code: 'AML_CHAIN_EXHAUSTED',
      disposition: 'skip',
      remedy: 'Fix a.',
      attempts: [
        { method: 'a', code: 'AML_NOT_CONFIGURED', message: 'a says no.', remedy: 'Fix a.' },
        { method: 'b', code: 'AML_UNAVAILABLE', message: 'b says no.', remedy: 'Fix b.' },
      ],
    });
  });

  it('ends at once when the caller cancels while a link works', async () => {
    const never: Credential = {
      getToken: () => new Promise(() => undefined),
      describe: () => ({ method: 'slow' }),
    };
    const controller = new AbortController();
    const call = chain(never).getToken(SCOPE, { abortSignal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'AML_CANCELLED', name: 'AbortError' });
  });

  it('says of whom it consists', () => {
    const both = chain(link('a', 'token').credential, link('b', 'token').credential);
    expect(both.describe()).toEqual({ method: 'chain', links: [{ method: 'a' }, { method: 'b' }] });
  });

  it('refuses to have no link', () => {
    expect(() => chain()).toThrow(expect.objectContaining({ code: 'AML_CONFIG_INVALID' }));
  });
});
