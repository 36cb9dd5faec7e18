import { createPrivateKey, X509Certificate } from 'node:crypto';

import { manualClock } from '@aml-auth/core/testing';
import { startEmulator, type Emulator } from '@aml-auth/emulator';
import fc from 'fast-check';
import { decodeJwt, UnsecuredJWT } from 'jose';
import { afterAll, describe, expect, test } from 'vitest';

import { readAssertion } from '../../src/entra/client-assertion/read-assertion.js';
import {
  assertionForm,
  refusalOf,
  signAssertion,
  thumbprintOf,
  type AssertionParts,
} from '../support/assertion.js';
import { postToken, secretForm } from '../support/emulated.js';

const NOW = Date.UTC(2026, 10, 22, 9);
const SECONDS = NOW / 1000;
const clock = manualClock(NOW);
const emulator: Emulator = await startEmulator({
  clock,
  seed: {
    tenants: [
      {
        name: 'contoso',
        domains: ['contoso.com'],
        apps: [
          { name: 'trainer', certificates: ['generate'], secrets: [{ value: 'dev-secret' }] },
          { name: 'other', certificates: [{ pem: 'generate', name: 'second' }] },
          { name: 'late', certificates: [{ pem: 'generate', expires: '+1h' }] },
          { name: 'bare' },
        ],
      },
      { name: 'fabrikam' },
    ],
  },
});
afterAll(() => emulator.close());

const certificate = emulator.app('trainer').certificate!;
const tenantId = emulator.tenant().id;
const at = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('Z', '0000Z');

async function post(parts: AssertionParts = {}, app = 'trainer', path?: string): Promise<Response> {
  const form = assertionForm(emulator, app, await signAssertion(emulator, app, NOW, parts));
  if (path === undefined) return postToken(emulator, form);
  const { scope: _, ...rest } = form;
  return postToken(emulator, { ...rest, resource: 'https://management.core.windows.net/' }, { path });
}

describe('a token', () => {
  test('comes for an assertion of the certificate, and says so in appidacr', async () => {
    const response = await post();
    const { access_token: token } = (await response.json()) as { access_token: string };
    expect(decodeJwt(token)).toMatchObject({ appid: emulator.app('trainer').clientId, appidacr: '2' });
  });

  test('says 1 in appidacr when a secret was used', async () => {
    const response = await postToken(emulator, secretForm(emulator, 'trainer'));
    const { access_token: token } = (await response.json()) as { access_token: string };
    expect(decodeJwt(token)).toMatchObject({ appidacr: '1' });
  });

  test('comes from the endpoint of v1 as well', async () => {
    const aud = `${emulator.origin}/${tenantId}/oauth2/token`;
    const response = await post({ claims: { aud } }, 'trainer', 'oauth2/token?api-version=1.0');
    expect(await response.json()).toMatchObject({ resource: 'https://management.core.windows.net/' });
  });

  const sha1 = thumbprintOf.sha1(certificate);
  const sha256 = thumbprintOf.sha256(certificate);
  test.each<[string, AssertionParts]>([
    ['PS256 with x5t#S256', { header: { 'x5t#S256': sha256 } }],
    ['RS256 with x5t', { header: { alg: 'RS256', x5t: sha1 } }],
    ['RS256 with both thumbprints', { header: { alg: 'RS256', x5t: sha1, 'x5t#S256': sha256 } }],
    ['x5t with padding', { header: { alg: 'RS256', x5t: `${sha1}=` } }],
    ['x5t#S256 with padding', { header: { 'x5t#S256': `${sha256}=` } }],
    ['x5c, which is not looked at', { header: { 'x5t#S256': sha256, x5c: ['nonsense'] } }],
    ['no typ', { header: { typ: undefined, 'x5t#S256': sha256 } }],
    ['fractions of seconds', { claims: { exp: SECONDS + 600.93, iat: SECONDS + 0.93, nbf: undefined } }],
    ['no nbf and no iat', { claims: { nbf: undefined, iat: undefined } }],
    ['a clock that is 5 minutes ahead', { claims: { nbf: SECONDS + 300 } }],
    ['a last second', { claims: { exp: SECONDS + 1 } }],
    ['a jti', { claims: { jti: 'c0ffee00-0000-4000-8000-000000000001' } }],
    ['a client id in upper case', { claims: { iss: emulator.app('trainer').clientId.toUpperCase() } }],
  ])('is given for %s', async (_, parts) => {
    expect((await post(parts)).status).toBe(200);
  });

  test.each([
    `${emulator.origin}/${tenantId}/oauth2/v2.0/token`,
    `${emulator.origin}/${tenantId}/oauth2/v2.0/token/`,
    `${emulator.origin}/${tenantId}/oauth2/token`,
    `${emulator.origin}/${tenantId}/v2.0`,
    `${emulator.origin}/contoso.com/oauth2/token`,
    `${emulator.origin}/Contoso.OnMicrosoft.com/oauth2/v2.0/token`,
    `https://127.0.0.1:${emulator.port}/${tenantId}/oauth2/v2.0/token`,
    `https://[::1]:${emulator.port}/${tenantId}/oauth2/v2.0/token`,
    `https://LOCALHOST:${emulator.port}`,
    `${emulator.origin}/`,
    `https://sts.windows.net/${tenantId}/`,
    ['https://example.org', emulator.origin],
  ])('is given for the audience %s', async (aud) => {
    expect((await post({ claims: { aud } })).status).toBe(200);
  });
});

describe('refusals', () => {
  const advice = (app: string): string =>
    `, Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '${emulator.app(app).clientId}'.`;
  const start =
    'The certificate with identifier used to sign the client assertion is not registered on application.';
  const used = `Thumbprint of key used by client: '${certificate.thumbprintSha256}'`;
  const found = "Found key 'Start=11/21/2026 09:00:00, End=11/22/2027 09:00:00'";

  test.each<[string, AssertionParts, number, string]>([
    [
      'a certificate of another application',
      { header: { 'x5t#S256': thumbprintOf.sha256(emulator.app('other').certificate!) } },
      700027,
      `${start} [Reason - The key was not found., Thumbprint of key used by client: '${emulator.app('other').certificate!.thumbprintSha256}'${advice('trainer')}`,
    ],
    [
      'a thumbprint that is none',
      { header: { 'x5t#S256': 'a/b+' } },
      700027,
      `${start} [Reason - The key was not found.${advice('trainer')}`,
    ],
    [
      'thumbprints that contradict each other',
      { header: { 'x5t#S256': thumbprintOf.sha256(certificate), x5t: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA' } },
      700027,
      `${start} [Reason - The key was not found., ${used}`,
    ],
    [
      'a kid alone',
      { header: { kid: certificate.thumbprint } },
      700027,
      `${start} [Reason - The key was not found.`,
    ],
    [
      'the key of another certificate',
      { certificate: emulator.app('other').certificate! },
      700027,
      `${start} [Reason - Key was found, but use of the key to verify the signature failed., ${used}, ${found}${advice('trainer')}`,
    ],
    ['no thumbprint', { header: {} }, 5002723, 'Invalid JWT token. No certificate SHA-1 thumbprint,'],
    ['another type of token', { header: { typ: 'at+jwt' } }, 5002727, 'Invalid JWT header type specified'],
    [
      'another algorithm',
      { header: { alg: 'RS512' } },
      5002738,
      "Invalid JWT token. 'RS512' is not a supported signature algorithm.",
    ],
    [
      'another issuer',
      { claims: { iss: 'trainer' } },
      700021,
      'Client assertion application identifier doesn',
    ],
    [
      'another subject',
      { claims: { sub: emulator.app('other').clientId } },
      700021,
      'Client assertion application',
    ],
    ['no subject', { claims: { sub: undefined } }, 700021, 'Client assertion application identifier'],
    ['no audience', { claims: { aud: undefined } }, 700023, 'Client assertion audience claim does not match'],
    [
      'an assertion that has ended',
      { claims: { nbf: SECONDS - 600, exp: SECONDS } },
      700024,
      `Client assertion is not within its valid time range. Current time: ${at(SECONDS)}, assertion valid from ${at(SECONDS - 600)}, expiry time of assertion ${at(SECONDS)}. Review the documentation`,
    ],
    [
      'an assertion that has not begun',
      { claims: { nbf: SECONDS + 301 } },
      700024,
      'Client assertion is not within its valid time range.',
    ],
    [
      'no exp',
      { claims: { exp: undefined } },
      700024,
      `Client assertion is not within its valid time range. Current time: ${at(SECONDS)}, assertion valid from ${at(SECONDS)}, expiry time of assertion 1970-01-01T00:00:00.0000000Z.`,
    ],
    [
      'an exp that is text',
      { claims: { exp: `${SECONDS + 600}` } },
      50027,
      'JWT token is invalid or malformed.',
    ],
    ['an exp beyond all dates', { claims: { exp: 1e300 } }, 50027, 'JWT token is invalid or malformed.'],
    ['a subject that is no text', { claims: { sub: 1 } }, 50027, 'JWT token is invalid or malformed.'],
  ])('%s', async (_, parts, code, text) => {
    const refusal = await refusalOf(await post(parts));
    expect(refusal.code).toBe(code);
    expect(refusal.text.slice(0, text.length)).toBe(text);
    expect(refusal.status).toBe([50027, 5002727, 5002738].includes(code) ? 400 : 401);
  });

  test.each([
    'https://example.org',
    `https://localhost/${tenantId}/oauth2/v2.0/token`,
    `http://localhost:${emulator.port}`,
    `${emulator.origin}/common/oauth2/v2.0/token`,
    `${emulator.origin}/fabrikam.onmicrosoft.com/oauth2/v2.0/token`,
    `${emulator.origin}/${tenantId}/oauth2/v2.0/authorize`,
    `${emulator.origin}/${tenantId}/oauth2/v2.0/token?x=1`,
    `https://evil@localhost:${emulator.port}`,
    'https://sts.windows.net/fabrikam.onmicrosoft.com/',
    'nonsense',
    '',
  ])('the audience %s', async (aud) => {
    expect(await refusalOf(await post({ claims: { aud } }))).toMatchObject({ code: 700023, status: 401 });
  });

  test('a key that has expired, which it does as the clock moves on', async () => {
    expect((await post({}, 'late')).status).toBe(200);
    clock.advance(3_600_000);
    const claims = { exp: SECONDS + 7200 };
    const refusal = await refusalOf(await post({ claims }, 'late'));
    const { thumbprintSha256 } = emulator.app('late').certificate!;
    clock.setWallTime(NOW);
    expect(refusal.text).toContain(
      `${start} [Reason - The key used is expired., Thumbprint of key used by client: '${thumbprintSha256}', Found key 'Start=11/21/2026 09:00:00, End=11/22/2026 10:00:00'${advice('late')}`,
    );
  });

  test('an application without a certificate', async () => {
    const refusal = await refusalOf(
      await post({ certificate, header: { 'x5t#S256': thumbprintOf.sha256(certificate) } }, 'bare'),
    );
    expect(refusal).toMatchObject({ code: 700027, status: 401 });
  });

  test('an assertion without a signature', async () => {
    const { clientId } = emulator.app('trainer');
    const unsigned = new UnsecuredJWT({
      iss: clientId,
      sub: clientId,
      aud: emulator.origin,
      exp: SECONDS + 600,
    });
    const form = assertionForm(emulator, 'trainer', unsigned.encode());
    expect(await refusalOf(await postToken(emulator, form))).toMatchObject({ code: 5002738 });
  });

  test.each([
    ['no type', '', 900144],
    ['another type', 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer', 90011],
  ])('%s', async (_, type, code) => {
    const form = assertionForm(emulator, 'trainer', await signAssertion(emulator, 'trainer', NOW));
    const response = await postToken(emulator, { ...form, client_assertion_type: type });
    expect(await refusalOf(response)).toMatchObject({ code, status: 400 });
  });

  test('an assertion stays out of the log of exchanges', async () => {
    const assertion = await signAssertion(emulator, 'trainer', NOW);
    await postToken(emulator, assertionForm(emulator, 'trainer', assertion));
    expect(emulator.requests.at(-1)?.form?.['client_assertion']).toBe('[redacted]');
    expect(JSON.stringify([emulator.requests, emulator.snapshot()])).not.toContain(assertion.slice(-40));
  });
});

describe('properties', () => {
  test('any text is read or refused, never more', () => {
    const part = fc.oneof(
      fc.string(),
      fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
    );
    const texts = fc.oneof(
      fc.string(),
      fc.tuple(part, part, part).map((parts) => parts.join('.')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const assertion = readAssertion(text);
        if (assertion !== undefined) expect(typeof assertion.algorithm).toBe('string');
      }),
    );
  });

  test('no foreign URL is an audience', async () => {
    await fc.assert(
      fc.asyncProperty(fc.webUrl({ withQueryParameters: true, withFragments: true }), async (aud) => {
        expect(await refusalOf(await post({ claims: { aud } }))).toMatchObject({ code: 700023 });
      }),
    );
  });

  test('an assertion with one character changed gives no token', async () => {
    const assertion = await signAssertion(emulator, 'trainer', NOW);
    // The last character of a segment may hold bits that mean nothing.
    const positions = Array.from(assertion, (_, index) => index).filter(
      (index) => !/^(?:\.|.\.|.$)/.test(assertion.slice(index)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...positions),
        fc.constantFrom(...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.')),
        async (index, character) => {
          fc.pre(assertion[index] !== character);
          const changed = assertion.slice(0, index) + character + assertion.slice(index + 1);
          const response = await postToken(emulator, assertionForm(emulator, 'trainer', changed));
          expect([400, 401]).toContain(response.status);
        },
      ),
    );
  });
});

describe('the certificate that the emulator makes', () => {
  test('is what app() gives, with thumbprints that clients want', () => {
    const parsed = new X509Certificate(certificate.pem);
    expect(certificate.thumbprint).toBe(parsed.fingerprint.replaceAll(':', ''));
    expect(certificate.thumbprintSha256).toBe(parsed.fingerprint256.replaceAll(':', ''));
    expect(parsed.subject).toBe('CN=trainer');
    expect(parsed.checkPrivateKey(createPrivateKey(certificate.privateKey))).toBe(true);
  });

  test('keeps its private key out of the state', () => {
    const state = JSON.stringify(emulator.snapshot());
    expect(state).toContain(certificate.thumbprint);
    expect(state).not.toMatch(/PRIVATE KEY|"d":/);
  });
});
