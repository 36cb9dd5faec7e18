import { describe, expect, it } from 'vitest';
import { identityUrl } from '../../src/managed-identity/identity-url.js';

describe('identityUrl', () => {
  it.each([
    'http://127.0.0.1:41564/msi/token/',
    'http://localhost:42356/msi/token',
    'http://169.254.169.254/metadata/identity/oauth2/token',
    'http://169.254.129.5:8081/msi/token?existing=1',
    'https://[::1]:2377/metadata',
  ])('takes %s', (endpoint) => {
    const url = new URL(
      identityUrl(
        endpoint,
        'IDENTITY_ENDPOINT',
        { resource: 'https://ml.azure.com/&x=1', none: undefined },
        false,
      ),
    );
    expect(url.origin).toBe(new URL(endpoint).origin);
    expect(url.searchParams.get('resource')).toBe('https://ml.azure.com/&x=1');
    expect(url.searchParams.has('none')).toBe(false);
  });

  it.each([
    ['http://evil.example/token', 'AML_UNTRUSTED_HOST'],
    ['http://169.254.169.254.evil.example/', 'AML_UNTRUSTED_HOST'],
    ['http://10.0.0.4/token', 'AML_UNTRUSTED_HOST'],
    ['http://127.0.0.1.nip.io/', 'AML_UNTRUSTED_HOST'],
    ['http://169.254.169.254@evil.example/', 'AML_CONFIG_INVALID'],
    ['file:///etc/passwd', 'AML_CONFIG_INVALID'],
    ['gopher://127.0.0.1/', 'AML_CONFIG_INVALID'],
    ['nonsense', 'AML_CONFIG_INVALID'],
  ])('refuses %s', (endpoint, code) => {
    expect(() => identityUrl(endpoint, 'IDENTITY_ENDPOINT', {}, false)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(/^IDENTITY_ENDPOINT /) as string }),
    );
  });

  it('goes elsewhere only with permission', () => {
    expect(identityUrl('http://10.0.0.4/token', 'MSI_ENDPOINT', {}, true)).toBe('http://10.0.0.4/token');
  });
});
