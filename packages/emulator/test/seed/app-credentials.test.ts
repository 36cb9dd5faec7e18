import { X509Certificate } from 'node:crypto';

import { AmlAuthError } from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import {
  createCertificateAuthority,
  createExternalIssuer,
  parseSeed,
  seedJsonSchema,
  startEmulator,
  type EmulatorSeed,
  type SeedApp,
  type SeedIssuer,
} from '@aml-auth/emulator';
import { describe, expect, test } from 'vitest';

import { createRsaCertificate } from '../../src/tls/create-rsa-certificate.js';
import { assertionForm, signAssertion } from '../support/assertion.js';
import { postToken } from '../support/emulated.js';

const NOW = Date.UTC(2026, 10, 22, 9);
const github = await createExternalIssuer({ issuer: 'https://token.actions.githubusercontent.com' });
const own = await createRsaCertificate('own', NOW, NOW + 86_400_000);

const { certificate: ellipticCurve } = await createCertificateAuthority();

const seedOf = (app: Partial<SeedApp>, issuers?: readonly SeedIssuer[]): EmulatorSeed => ({
  tenants: [{ name: 'contoso', apps: [{ name: 'trainer', ...app }] }],
  ...(issuers === undefined ? {} : { issuers }),
});

const message = (seed: EmulatorSeed): string => {
  try {
    parseSeed(seed);
  } catch (error) {
    expect(error).toBeInstanceOf(AmlAuthError);
    return (error as AmlAuthError).message;
  }
  return '';
};

describe('refusals name the place', () => {
  const federated = { issuer: github.issuer, subject: 'repo:o/r:pull_request' };
  const keysOf = (...keys: Record<string, unknown>[]): SeedIssuer => ({
    issuer: github.issuer,
    keys: { keys },
  });

  test.each<[string, EmulatorSeed, string]>([
    ['text', seedOf({ certificates: ['nonsense'] }), 'apps[0].certificates[0]: neither a PEM certificate'],
    [
      'a certificate with another kind of key',
      seedOf({ certificates: [ellipticCurve] }),
      'apps[0].certificates[0]: neither a PEM certificate with an RSA key of 2,048 bits or more nor "generate"',
    ],
    ['a private key alone', seedOf({ certificates: [own.privateKey] }), 'certificates[0]: neither'],
    ['an object', seedOf({ certificates: [{ pem: 'x' }] }), 'apps[0].certificates[0].pem: neither'],
    [
      'an expiry',
      seedOf({ certificates: [{ pem: 'generate', expires: 'soon' }] }),
      'apps[0].certificates[0].expires: neither a span',
    ],
    [
      'an issuer that is no https URL',
      seedOf({ federated: [{ ...federated, issuer: 'http://example.com' }] }),
      'apps[0].federated[0].issuer: not an https URL',
    ],
    ['no subject', seedOf({ federated: [{ ...federated, subject: '' }] }), 'apps[0].federated[0].subject: '],
    [
      'a private key of an issuer',
      seedOf({}, [keysOf({ ...github.jwks.keys[0], d: 'AQAB' })]),
      'issuers[0].keys.keys: a private key does not belong here.',
    ],
    [
      'an issuer without a usable key',
      seedOf({}, [keysOf({ kty: 'EC', crv: 'P-256' }, { kty: 'RSA', n: 'AQAB', e: 'AQAB' })]),
      'issuers[0].keys.keys: there is no RSA public key of 2,048 bits or more.',
    ],
  ])('%s', (_, seed, expected) => {
    expect(message(seed)).toContain(expected);
    expect(message(seed)).not.toContain('PRIVATE');
  });

  test.each<[string, EmulatorSeed, string]>([
    [
      'two credentials for one subject',
      seedOf({ federated: [federated, { ...federated, audience: 'api://other' }] }),
      'App trainer has two federated credentials with the same issuer and subject',
    ],
    [
      'an issuer twice',
      seedOf({}, [keysOf(...github.jwks.keys), keysOf(...github.jwks.keys)]),
      'There are two of issuer https://token.actions.githubusercontent.com.',
    ],
  ])('%s', async (_, seed, expected) => {
    await expect(startEmulator({ seed })).rejects.toThrow(expected);
  });
});

test('a certificate as PEM text signs in until it ends, and app() has no private key for it', async () => {
  const clock = manualClock(NOW);
  // YAML keeps the lines of a PEM text, and the private key beside a certificate is not taken.
  const yaml = `
tenants:
- name: contoso
  apps:
  - name: trainer
    certificates:
    - |
${`${own.privateKey}\n${own.certificate}`.replaceAll(/^/gm, '      ')}
`;
  const emulator = await startEmulator({ seed: yaml, clock });
  const { fingerprint, fingerprint256 } = new X509Certificate(own.certificate);
  const certificate = {
    pem: own.certificate,
    privateKey: own.privateKey,
    thumbprint: fingerprint.replaceAll(':', ''),
    thumbprintSha256: fingerprint256.replaceAll(':', ''),
  };
  const post = async (): Promise<number> => {
    const header = { 'x5t#S256': Buffer.from(certificate.thumbprintSha256, 'hex').toString('base64url') };
    const assertion = await signAssertion(emulator, 'trainer', clock.now(), { certificate, header });
    return (await postToken(emulator, assertionForm(emulator, 'trainer', assertion))).status;
  };
  expect(emulator.app('trainer')).toMatchObject({ secret: undefined, certificate: undefined });
  expect(emulator.env('trainer')).not.toHaveProperty('AZURE_CLIENT_CERTIFICATE_PATH');
  expect(JSON.stringify(emulator.snapshot())).not.toContain('PRIVATE');
  expect(await post()).toBe(200);
  clock.advance(86_400_000);
  expect(await post()).toBe(401);
  await emulator.close();
});

test('each application gets a certificate of its own, and a snapshot of it still signs in', async () => {
  const clock = manualClock(NOW);
  const emulator = await startEmulator({
    clock,
    seed: {
      tenants: [
        { name: 'a', apps: [{ name: 'x', certificates: ['generate', 'generate'] }] },
        { name: 'b', apps: [{ name: 'x', certificates: ['generate'] }] },
      ],
    },
  });
  const first = emulator.app('a/x').certificate!;
  expect(emulator.app('b/x').certificate!.thumbprint).not.toBe(first.thumbprint);
  emulator.restore(structuredClone(emulator.snapshot()));
  const header = { 'x5t#S256': Buffer.from(first.thumbprintSha256, 'hex').toString('base64url') };
  const assertion = await signAssertion(emulator, 'a/x', NOW, { header });
  expect((await postToken(emulator, assertionForm(emulator, 'a/x', assertion))).status).toBe(200);
  await emulator.close();
});

test('the JSON Schema has certificates, federated credentials and issuers', () => {
  const schema = JSON.stringify(seedJsonSchema());
  for (const key of ['certificates', 'federated', 'subject', 'audience', 'issuers']) {
    expect(schema).toContain(`"${key}":`);
  }
});
