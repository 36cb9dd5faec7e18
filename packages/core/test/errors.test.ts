import { inspect } from 'node:util';
import { AmlAuthError, ERROR_CODES, isAmlAuthError, toAmlAuthError } from '@aml-auth/core';
import { describe, expect, it } from 'vitest';

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl';

describe('AmlAuthError', () => {
  it('derives disposition and retryable from its code', () => {
    const skip = new AmlAuthError({ code: 'AML_NOT_CONFIGURED', message: 'none' });
    const busy = new AmlAuthError({ code: 'AML_THROTTLED', message: 'busy' });
    expect([skip.disposition, skip.retryable]).toEqual(['skip', false]);
    expect([busy.disposition, busy.retryable]).toEqual(['stop', true]);
  });

  it('reports what support needs, on lines to paste, without a secret', () => {
    const error = new AmlAuthError({
      code: 'AML_FORBIDDEN',
      message: `No\nto ${JWT}`,
      remedy: 'Ask.',
      status: 403,
      armCode: 'AuthorizationFailed',
      correlation: { correlationId: 'c-1', requestId: 'r-1', clientRequestId: 'q-1' },
      request: {
        method: 'GET',
        url: "https://management.azure.com/a'b?api-version=2026-09-01&%24skip=S3cret",
      },
      claims: '{"access_token":{"secret-claim":1}}',
      clockSkewMs: -312_000,
      cause: Object.assign(new TypeError('S3cret'), { code: 'ECONNRESET' }),
    });
    expect(error.toReport().split('\n')).toEqual([
      'aml-auth error report',
      'code            AML_FORBIDDEN (will not succeed unchanged)',
      'message         No to [token]',
      'remedy          Ask.',
      'status          403',
      'service code    AuthorizationFailed',
      'claims          the service wants more; left out',
      'correlation id  c-1',
      'request id      r-1',
      'client id       q-1',
      'clock           this machine is 312 seconds ahead of the service',
      `request         curl -X GET 'https://management.azure.com/a%27b?api-version=2026-09-01&%24skip=…' -H "Authorization: Bearer $TOKEN"`,
      'cause           TypeError ECONNRESET',
    ]);
    expect(JSON.stringify(Object.entries(error))).not.toContain('S3cret');
  });

  it('reports little where little is known', () => {
    const error = new AmlAuthError({ code: 'AML_THROTTLED', message: 'busy', retryAfterMs: 5 });
    expect(error.toReport()).toBe(
      'aml-auth error report\ncode            AML_THROTTLED (may succeed later)\nmessage         busy\nretry after     5 ms',
    );
  });

  it('names every step of a change that stopped halfway, without a secret', () => {
    const error = new AmlAuthError({
      code: 'AML_CONFLICT',
      message: 'stopped',
      steps: [
        { step: `made ${JWT}`, outcome: 'done', id: '/a' },
        { step: 'second', outcome: 'notStarted' },
      ],
    });
    expect(error.toReport().split('\n').slice(-2)).toEqual([
      'step            done: made [token]',
      'step            notStarted: second',
    ]);
    expect(error.toJSON()['steps']).toEqual([
      { step: 'made [token]', outcome: 'done', id: '/a' },
      { step: 'second', outcome: 'notStarted' },
    ]);
  });

  it('lets a chain go on only where a method does not apply', () => {
    const skipped = Object.entries(ERROR_CODES).filter(([, facts]) => facts.disposition === 'skip');
    expect(skipped.map(([code]) => code)).toEqual([
      'AML_NOT_CONFIGURED',
      'AML_UNAVAILABLE',
      'AML_CHAIN_EXHAUSTED',
    ]);
  });

  it.each([
    ['JSON', (error: AmlAuthError) => JSON.stringify(error)],
    ['inspect', (error: AmlAuthError) => inspect(error, { depth: 10, showHidden: false })],
    ['inspect inside an object', (error: AmlAuthError) => inspect({ error }, { depth: 10 })],
    ['String', (error: AmlAuthError) => String(error)],
  ])('shows no secret through %s', (_how, show) => {
    const error = new AmlAuthError({
      code: 'AML_UNEXPECTED',
      message: `request client_secret=S3cretS3cret failed with ${JWT}`,
      remedy: `retry with Bearer ${JWT}`,
      claims: '{"access_token":{"secret-claim":1}}',
      cause: new Error(`client_secret=S3cretS3cret ${JWT}`),
    });
    const shown = show(error);
    expect(shown).toContain('failed with');
    for (const secret of ['S3cretS3cret', 'eyJ', 'secret-claim']) expect(shown).not.toContain(secret);
  });

  it('keeps the ids that support needs, and drops what is not there', () => {
    const error = new AmlAuthError({
      code: 'AML_CREDENTIAL_REJECTED',
      message: 'no',
      aadsts: 7000215,
      status: 401,
      correlation: { correlationId: 'c', traceId: 't' },
    });
    expect(error.toJSON()).toEqual({
      name: 'AmlAuthError',
      code: 'AML_CREDENTIAL_REJECTED',
      disposition: 'stop',
      retryable: false,
      message: 'no',
      aadsts: 7000215,
      status: 401,
      correlation: { correlationId: 'c', traceId: 't' },
    });
  });
});

describe('isAmlAuthError', () => {
  it('knows an error of another copy of the package, and nothing else', () => {
    const foreign = Object.assign(new Error('x'), { [Symbol.for('@aml-auth/core/AmlAuthError')]: true });
    expect(isAmlAuthError(foreign)).toBe(true);
    for (const other of [new Error('x'), null, undefined, 'AML_NETWORK', { code: 'AML_NETWORK' }]) {
      expect(isAmlAuthError(other)).toBe(false);
    }
  });
});

describe('toAmlAuthError', () => {
  it('leaves its own errors alone and wraps others', () => {
    const own = new AmlAuthError({ code: 'AML_TIMEOUT', message: 'slow' });
    expect(toAmlAuthError(own)).toBe(own);
    const wrapped = toAmlAuthError(new RangeError(`bad ${JWT}`));
    expect(wrapped).toMatchObject({ code: 'AML_UNEXPECTED', message: 'RangeError: bad [token]' });
    expect(toAmlAuthError('text')).toMatchObject({ code: 'AML_UNEXPECTED', message: 'text' });
  });
});
