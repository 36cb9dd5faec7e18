import { inspect } from 'node:util';
import { isAmlAuthError } from '@aml-auth/core';
import { armError } from '@aml-auth/rest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const URL_ = 'https://management.azure.com/subscriptions/s?api-version=1';

function errorOf(status: number, body: unknown, headers: Record<string, string> = {}, method = 'GET') {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return armError({ method, url: URL_, status, headers: new Headers(headers), body: text }, 0);
}

describe('armError', () => {
  it.each([
    [400, 'AML_REQUEST_REJECTED'],
    [401, 'AML_UNAUTHENTICATED'],
    [403, 'AML_FORBIDDEN'],
    [404, 'AML_NOT_FOUND'],
    [408, 'AML_TIMEOUT'],
    [409, 'AML_CONFLICT'],
    [412, 'AML_CONFLICT'],
    [418, 'AML_REQUEST_REJECTED'],
    [429, 'AML_THROTTLED'],
    [500, 'AML_SERVICE_UNAVAILABLE'],
    [504, 'AML_SERVICE_UNAVAILABLE'],
    [302, 'AML_RESPONSE_INVALID'],
  ])('maps status %i to %s, with a remedy', (status, code) => {
    expect(errorOf(status, '')).toMatchObject({
      code,
      status,
      remedy: expect.stringMatching(/\.$/) as string,
    });
  });

  it('names the action and the scope that a role is missing for', () => {
    const error = errorOf(403, {
      error: {
        code: 'AuthorizationFailed',
        message:
          "The client 'a' with object id 'b' does not have authorization to perform action 'Microsoft.X/y/read' over scope '/subscriptions/s' or the scope is invalid.",
      },
    });
    expect(error.armCode).toBe('AuthorizationFailed');
    expect(error.remedy).toContain('Microsoft.X/y/read at /subscriptions/s');
    expect(error.message).toContain('GET /subscriptions/s at management.azure.com failed with 403');
  });

  it.each([
    ['ARM', { error: { code: 'C', message: 'said' } }],
    ['flat', { code: 'C', message: 'said' }],
    ['odata', { 'odata.error': { code: 'C', message: { lang: 'en', value: 'said' } } }],
    ['OAuth', { error: 'C', error_description: 'said' }],
    ['capital', { Code: 'C', Message: 'said' }],
    ['JSON in a JSON string', JSON.stringify(JSON.stringify({ error: { code: 'C', message: 'said' } }))],
    ['byte-order mark', '\ufeff{"error":{"code":"C","message":"said"}}'],
  ])('reads the form %s', (_form, body) => {
    const error = errorOf(400, body);
    expect(error.armCode).toBe('C');
    expect(error.message).toContain('said');
  });

  it('tells details and policies', () => {
    const { message } = errorOf(403, {
      error: {
        code: 'RequestDisallowedByPolicy',
        message: 'No.',
        details: [{ code: 'D', message: 'More.' }, null, 7],
        additionalInfo: [
          { type: 'PolicyViolation', info: { policyAssignmentDisplayName: 'Only Europe' } },
          { type: 'Other', info: {} },
        ],
      },
    });
    expect(message).toMatch(/No\. More\. Policy: Only Europe$/);
  });

  it('names an HTML page by its title and falls back to x-ms-error-code', () => {
    const error = errorOf(502, '<!DOCTYPE html><html><title>Bad gateway</title>', { 'x-ms-error-code': 'E' });
    expect(error.message).toContain('an HTML page titled "Bad gateway"');
    expect(error.armCode).toBe('E');
  });

  it('tells which tenant the service asks for', () => {
    const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47';
    const error = errorOf(401, '', {
      'www-authenticate': `Bearer authorization_uri="https://login.windows.net/${tenant}", error="invalid_token"`,
    });
    expect(error.remedy).toContain(tenant);
  });

  it('keeps a claims challenge out of everything that is printed', () => {
    const claims = 'eyJhY2Nlc3NfdG9rZW4iOnt9fQ==';
    const error = errorOf(401, `Bearer error="insufficient_claims", claims="${claims}"`, {
      'www-authenticate': `Bearer claims="${claims}"`,
    });
    expect(inspect(error) + JSON.stringify(error)).not.toContain('eyJhY2Nlc3');
  });

  it.each([
    [
      '{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}',
      undefined,
      'multi-factor authentication',
    ],
    ['{"access_token":{"acrs":{"essential":true,"value":"c7"}}}', undefined, 'authentication context c7'],
    [
      '{"access_token":{"capolids":{"values":["policy-1","policy-2"]}}}',
      ['policy-1', 'policy-2'],
      'policy-1, policy-2',
    ],
    ['{"access_token":{"nbf":{"essential":true,"value":"1"}}}', undefined, 'a newer token'],
    [
      '{"access_token":{"capolids":{"values":["\\u001b[2J", 7, null]}},"acrs":[]}',
      undefined,
      'a newer token',
    ],
  ])('says what Conditional Access wants: %s', (claims, policyIds, wanted) => {
    const error = errorOf(401, '', {
      'www-authenticate': `Bearer error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`,
    });
    expect(error).toMatchObject({ code: 'AML_UNAUTHENTICATED', claims, policyIds });
    expect(error.remedy).toContain(wanted);
    expect(error.remedy).toContain('sign in again');
  });

  it('has the number of an AADSTS error that the service quotes', () => {
    const message = 'AADSTS50076: Due to a configuration change you must use multi-factor authentication.';
    expect(errorOf(401, { error: { code: 'AuthenticationFailed', message } }).aadsts).toBe(50_076);
    expect(errorOf(400, { error: { message: 'XAADSTS1, AADSTS' } }).aadsts).toBeUndefined();
  });

  it('carries the wait that the service asks for', () => {
    expect(errorOf(429, '', { 'retry-after': '3' }).retryAfterMs).toBe(3_000);
    expect(errorOf(503, '', { 'retry-after': 'Thu, 01 Jan 1970 00:00:09 GMT' }).retryAfterMs).toBe(9_000);
    expect(errorOf(429, '').retryAfterMs).toBeUndefined();
  });

  it('survives nesting without end and a megabyte of text', () => {
    expect(errorOf(500, '['.repeat(200_000)).code).toBe('AML_SERVICE_UNAVAILABLE');
    expect(errorOf(500, `{"error":{"details":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`).status).toBe(500);
    expect(
      errorOf(400, { error: { message: `\u001b[2J${'x'.repeat(1_000_000)}` } }).message.length,
    ).toBeLessThan(2_000);
  });

  it('never throws, whatever the body, status and headers', () => {
    const body = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.record({ error: fc.jsonValue() }).map((value) => JSON.stringify(value)),
      fc
        .record({
          error: fc.record(
            {
              code: fc.jsonValue(),
              message: fc.jsonValue(),
              details: fc.jsonValue(),
              additionalInfo: fc.jsonValue(),
            },
            { requiredKeys: [] },
          ),
        })
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(body, fc.integer(), fc.option(fc.string()), fc.string(), (text, status, header, url) => {
        const headers = { get: () => header };
        const error = armError({ method: 'GET', url, status, headers, body: text }, 0);
        expect(isAmlAuthError(error)).toBe(true);
        expect(error.remedy).toBeTruthy();
        // eslint-disable-next-line no-control-regex -- that no terminal escape comes through is the point
        expect(error.message).not.toMatch(/[\u0000-\u0008\u001b\u009b]/);
      }),
    );
  });
});
