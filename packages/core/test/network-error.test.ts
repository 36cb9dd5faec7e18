import { isUntrustedCertificate, networkError } from '@aml-auth/core';
import { describe, expect, it } from 'vitest';

/** As `fetch` reports it: the system's code is on the cause. */
const failed = (code: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });
const url = 'https://login.test:8443/t/oauth2/v2.0/token?client-request-id=1';

describe('networkError', () => {
  it.each([
    ['ENOTFOUND', 'its name cannot be resolved', 'DNS'],
    ['ECONNREFUSED', 'nothing listens on that port', 'service runs'],
    ['ECONNRESET', 'the connection was cut', 'proxy'],
    ['UND_ERR_SOCKET', 'the connection was cut', 'proxy'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'its TLS certificate is not trusted', 'NODE_EXTRA_CA_CERTS'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'its TLS certificate is not trusted', 'NODE_EXTRA_CA_CERTS'],
    ['EMFILE', 'the request failed', 'network connection'],
  ])('puts %s into words', (code, reason, hint) => {
    const error = networkError({ url, cause: failed(code) });
    expect(error).toMatchObject({ code: 'AML_NETWORK', retryable: true });
    expect(error.message).toBe(`login.test:8443 could not be reached: ${reason} (${code}).`);
    expect(error.remedy).toContain(hint);
    expect(isUntrustedCertificate(error)).toBe(code.includes('CERT'));
  });

  it('tells cancellation and time limit from an outage', () => {
    expect(networkError({ url, cause: 1, aborted: true, timedOut: true })).toMatchObject({
      name: 'AbortError',
    });
    expect(networkError({ url, cause: 1, timedOut: true })).toMatchObject({
      code: 'AML_TIMEOUT',
      retryable: true,
    });
  });

  it('survives causes of any shape', () => {
    const circular: { cause?: unknown } = {};
    circular.cause = circular;
    for (const cause of [undefined, null, 'text', 5, circular]) {
      expect(networkError({ url: 'nonsense', cause }).message).toBe(
        'The host could not be reached: the request failed.',
      );
    }
  });
});
