import { describe, expect, it } from 'vitest';
import { diagnose } from './diagnose.js';
import type { Facts, Target, TrustFile } from './facts.js';

const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;
const PROXY = 'http://127.0.0.1:8443';
const file: TrustFile = { path: '/t/ca.pem', exists: true, hasAuthority: true };
const target: Target = { origin: 'https://localhost:8443', port: '8443', proxy: true, ca: '/t/ca.pem' };

/** A shell that is set up for an emulator in proxy mode. */
const proxied: Facts = {
  env: {
    HTTPS_PROXY: PROXY,
    https_proxy: PROXY,
    HTTP_PROXY: PROXY,
    http_proxy: PROXY,
    NO_PROXY: 'localhost,127.0.0.1,::1',
    no_proxy: 'localhost,127.0.0.1,::1',
    NODE_USE_ENV_PROXY: '1',
    AZURE_TENANT_ID: 'tenant',
    AZURE_CLIENT_ID: 'client',
    AZURE_CLIENT_SECRET: 'secret',
    AZURE_CONFIG_DIR: '/t/azure',
    JAVA_TOOL_OPTIONS: '-Dhttps.proxyPort=8443 -Djavax.net.ssl.trustStore=/t/truststore.p12',
  },
  nodeVersion: 'v24.21.0',
  now: NOW,
  target,
  reach: { outcome: { kind: 'answered', status: 200 }, validFrom: NOW - DAY, validTo: NOW + DAY },
  trust: { NODE_EXTRA_CA_CERTS: file, SSL_CERT_FILE: file, REQUESTS_CA_BUNDLE: file, CURL_CA_BUNDLE: file },
  fetch: { kind: 'answered', status: 200 },
  az: { version: '2.45.0' },
  java: { version: '17.0.15' },
  python: { version: '3.11.7' },
  javaTruststoreExists: true,
};

/** A shell that is set up for the address of the emulator itself. */
const direct: Facts = {
  ...proxied,
  target: { ...target, proxy: false },
  env: {
    ...Object.fromEntries(Object.entries(proxied.env).filter(([name]) => !/proxy/i.test(name))),
    AZURE_AUTHORITY_HOST: 'https://localhost:8443',
    ARM_CLOUD_METADATA_URL: 'https://localhost:8443/metadata/endpoints?api-version=2022-09-01',
  },
  az: { version: '2.74.0' },
};

const withEnv = (facts: Facts, env: Facts['env']): Facts => ({ ...facts, env: { ...facts.env, ...env } });
const bad = (facts: Facts) => diagnose(facts).filter(({ status }) => status !== 'ok');

it.each([
  ['through the proxy', proxied],
  ['straight', direct],
])('finds nothing wrong with a shell that is set up, %s', (_way, facts) => {
  expect(bad(facts)).toEqual([]);
});

describe('says what is wrong and what to do', () => {
  it.each<[string, Facts, string, RegExp, RegExp]>([
    ['an old Node.js', { ...proxied, nodeVersion: 'v20.20.2' }, 'Node.js', /too old/, /22\.12/],
    [
      'a Node.js without proxies',
      { ...proxied, nodeVersion: 'v22.20.0' },
      'Node.js',
      /past the proxy/,
      /22\.21/,
    ],
    ['no emulator', { ...proxied, target: undefined, reach: undefined }, 'emulator', /None/, /emulator up/],
    [
      'an emulator that has ended',
      { ...proxied, reach: { outcome: { kind: 'failed', code: 'ECONNREFUSED' } } },
      'emulator',
      /has ended/,
      /Start it again/,
    ],
    [
      'another program at its port',
      { ...proxied, reach: { outcome: { kind: 'failed', code: 'EPROTO' } } },
      'emulator',
      /EPROTO/,
      /no other program/,
    ],
    [
      'a clock that is ahead',
      { ...proxied, now: NOW + 2 * DAY },
      'clock',
      /valid from .* to /,
      /Set the clock/,
    ],
    [
      'a clock that is behind',
      { ...proxied, reach: { outcome: { kind: 'failed', code: 'CERT_NOT_YET_VALID' } } },
      'clock',
      /not valid/,
      /Set the clock/,
    ],
    [
      'a file that went with its emulator',
      { ...proxied, trust: { ...proxied.trust, SSL_CERT_FILE: { ...file, exists: false } } },
      'SSL_CERT_FILE',
      /not there/,
      /--client python/,
    ],
    [
      'the authority of an earlier emulator',
      { ...proxied, trust: { ...proxied.trust, NODE_EXTRA_CA_CERTS: { ...file, hasAuthority: false } } },
      'NODE_EXTRA_CA_CERTS',
      /earlier one/,
      /--client node/,
    ],
    ['another proxy', withEnv(proxied, { https_proxy: 'http://proxy:3128' }), 'proxy', /https_proxy/, /env/],
    ['exceptions', withEnv(proxied, { no_proxy: '.azure.com' }), 'proxy', /management\.azure\.com/, /env/],
    ['exceptions of all', withEnv(proxied, { NO_PROXY: '*' }), 'proxy', /graph\.microsoft\.com/, /env/],
    [
      'a fetch that takes no proxy',
      withEnv(proxied, { NODE_USE_ENV_PROXY: undefined }),
      'NODE_USE_ENV_PROXY',
      /past the proxy/,
      /env/,
    ],
    [
      'a proxy before localhost',
      withEnv(direct, { HTTPS_PROXY: 'http://proxy:3128' }),
      'proxy',
      /localhost go to that proxy/,
      /NO_PROXY/,
    ],
    [
      'an authority beside the proxy',
      withEnv(proxied, { AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.us' }),
      'AZURE_AUTHORITY_HOST',
      /not the emulator/,
      /unset/,
    ],
    [
      'no authority',
      withEnv(direct, { AZURE_AUTHORITY_HOST: undefined }),
      'AZURE_AUTHORITY_HOST',
      /Not set/,
      /env/,
    ],
    [
      'an authority over http',
      withEnv(direct, { AZURE_AUTHORITY_HOST: 'http://localhost:8443' }),
      'AZURE_AUTHORITY_HOST',
      /not https/,
      /env/,
    ],
    [
      'the metadata of another cloud',
      withEnv(direct, { ARM_CLOUD_METADATA_URL: 'https://management.azure.com/metadata/endpoints' }),
      'ARM_CLOUD_METADATA_URL',
      /not the emulator/,
      /env/,
    ],
    ['nobody', withEnv(proxied, { AZURE_CLIENT_ID: '' }), 'who signs in', /not both set/, /env/],
    ['no proof', withEnv(proxied, { AZURE_CLIENT_SECRET: undefined }), 'who signs in', /no secret/, /env/],
    [
      'no trust',
      { ...proxied, fetch: { kind: 'failed', code: 'SELF_SIGNED_CERT_IN_CHAIN' } },
      'fetch of Node.js',
      /does not trust/,
      /--client node/,
    ],
    [
      'a refusal',
      { ...proxied, fetch: { kind: 'answered', status: 429 } },
      'fetch of Node.js',
      /429/,
      /_emu/,
    ],
    ['an old az', { ...direct, az: { version: '2.45.0' } }, 'az', /cannot be told/, /--proxy/],
    ['an az that crashes', { ...proxied, az: { problem: 'TypeError' } }, 'az', /TypeError/, /--client az/],
    ['the own profile', withEnv(proxied, { AZURE_CONFIG_DIR: undefined }), 'az', /~\/\.azure/, /--client az/],
    [
      'a bare Java',
      withEnv(proxied, { JAVA_TOOL_OPTIONS: undefined }),
      'java',
      /no trust store/,
      /--client java/,
    ],
    ['a lost trust store', { ...proxied, javaTruststoreExists: false }, 'java', /not there/, /--client java/],
    [
      'a Java without the proxy',
      withEnv(proxied, { JAVA_TOOL_OPTIONS: '-Djavax.net.ssl.trustStore=/t/truststore.p12' }),
      'java',
      /as proxy/,
      /--client java/,
    ],
    [
      'a Python without trust',
      { ...proxied, trust: { ...proxied.trust, REQUESTS_CA_BUNDLE: undefined } },
      'python',
      /everywhere/,
      /--client python/,
    ],
  ])('%s', (_what, facts, check, text, next) => {
    const finding = bad(facts).find((entry) => entry.check === check);
    expect(finding).toMatchObject({
      text: expect.stringMatching(text) as string,
      next: expect.stringMatching(next) as string,
    });
  });
});

it('does not call anything failed that is not installed', () => {
  const facts = { ...proxied, az: undefined, java: undefined, python: undefined };
  expect(bad(facts).map(({ status }) => status)).toEqual(['skipped', 'skipped', 'skipped']);
});

it('never shows a secret', () => {
  expect(JSON.stringify([...diagnose(proxied), ...diagnose(direct)])).not.toContain('"secret"');
  const shown = diagnose(withEnv(proxied, { AZURE_CLIENT_SECRET: 'S3cr3t~value' }));
  expect(JSON.stringify(shown)).not.toContain('S3cr3t');
});
