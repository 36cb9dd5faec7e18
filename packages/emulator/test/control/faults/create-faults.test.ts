import { AmlAuthError } from '@aml-auth/core';
import { describe, expect, test } from 'vitest';

import { createFaults } from '../../../src/control/faults/create-faults.js';
import type { FaultInput } from '../../../src/control/faults/fault-rule.js';

const request = (more: object = {}) => ({
  host: 'localhost:8443',
  method: 'GET',
  path: '/subscriptions/x',
  clients: ['trainer'],
  form: {},
  ...more,
});

const withRules = (...rules: FaultInput[]) => {
  const faults = createFaults();
  faults.add(...rules);
  return faults;
};

describe('which fault happens', () => {
  test('the first one that matches, and no other', () => {
    const faults = withRules(
      { match: { path: '/graph/**' }, do: { status: 500 } },
      { id: 'second', do: { status: 503 } },
      { do: { status: 504 } },
    );
    expect(faults.take(request())?.id).toBe('second');
    expect(faults.list().map(({ hits }) => hits)).toEqual([0, 1, 0]);
  });

  test('one that happened as often as it may leaves the turn to the next', () => {
    const faults = withRules({ id: 'a', do: { status: 503 }, times: 2 }, { id: 'b', do: { status: 500 } });
    expect([1, 2, 3].map(() => faults.take(request())?.id)).toEqual(['a', 'a', 'b']);
    expect(faults.list()[0]).toMatchObject({ id: 'a', hits: 2, seen: 3 });
  });

  test('the nth request only', () => {
    const faults = withRules({ match: { nth: 3 }, do: { status: 503 } });
    expect([1, 2, 3, 4].map(() => faults.take(request()) !== undefined)).toEqual([false, false, true, false]);
  });

  test('chance is the same in every run, and about as likely as it says', () => {
    const run = () => {
      const faults = withRules({ id: 'some', match: { prob: 0.3 }, do: { status: 503 } });
      return Array.from({ length: 1_000 }, () => faults.take(request()) !== undefined);
    };
    const happened = run();
    expect(run()).toEqual(happened);
    expect(happened.filter(Boolean).length).toBeGreaterThan(250);
    expect(happened.filter(Boolean).length).toBeLessThan(350);
  });

  test.each([
    [{ host: 'localhost' }, true],
    [{ host: 'login.*' }, false],
    [{ method: 'get' }, true],
    [{ method: ['PUT', 'DELETE'] }, false],
    [{ client: 'train*' }, true],
    [{ client: 'auditor' }, false],
    [{ form: { grant_type: '*' } }, false],
    [{ form: { constructor: '*' } }, false],
  ])('a request that %j is for: %s', (match, happens) => {
    expect(withRules({ match, do: { status: 503 } }).take(request()) !== undefined).toBe(happens);
  });

  test('certificates are for connections, everything else for requests', () => {
    const faults = withRules({ match: { host: 'localhost' }, do: { tls: 'expired' }, times: 1 });
    expect(faults.take(request())).toBeUndefined();
    expect(faults.takeTls('other.example')).toBeUndefined();
    expect([faults.takeTls('localhost'), faults.takeTls('localhost')]).toEqual(['expired', undefined]);
  });
});

describe('add, list and clear', () => {
  test('ids are given where there are none, and stay unique', () => {
    const faults = withRules({ id: 'fault-1', do: { status: 500 } });
    expect(faults.add({ do: { status: 500 } })[0]?.id).toBe('fault-2');
    expect(() => faults.add({ id: 'fault-1', do: { status: 500 } })).toThrow(/fault-1 already/);
    expect(faults.clear('fault-1')).toBe(true);
    expect(faults.clear('fault-1')).toBe(false);
    expect(faults.clear()).toBe(true);
    expect(faults.list()).toEqual([]);
  });

  test('of several that are added together, all or none stand', () => {
    const faults = createFaults();
    expect(() => faults.add({ do: { status: 500 } }, { do: {} })).toThrow(AmlAuthError);
    expect(faults.list()).toEqual([]);
  });

  test.each([
    [{ do: {} }, /do: it does nothing/],
    [{ do: { status: 500, reset: true } }, /status and reset cannot go together/],
    [{ do: { body: 'x' } }, /body needs a status/],
    [{ do: { aadsts: 1 } }, /do\.aadsts: the emulator does not have this error/],
    [{ do: { status: 99 } }, /do\.status/],
    [{ do: { tls: 'expired' }, match: { path: '/x' } }, /match: tls goes with host/],
    [{ do: { headers: { 'a b': 'x' } } }, /do\.headers/],
    [{ do: { headers: { a: 'x\r\ny: z' } } }, /printable ASCII/],
    [{ do: { status: 500 }, match: { prob: 2 } }, /match\.prob/],
    [{ do: { status: 500 }, mach: {} }, /mach: there is no such setting/],
    [{ preset: '429', retryAfter: -1 }, /retryAfter/],
    [{ preset: 'outage' }, /preset/],
    ['outage', /The fault/],
    [null, /The fault/],
  ])('%j is refused by name', (fault, message) => {
    expect(() => withRules(fault as FaultInput)).toThrow(message);
  });
});
