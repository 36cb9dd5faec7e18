import { describe, expect, test } from 'vitest';

import {
  allVariables,
  clientVariables,
  EMULATOR_CLIENTS,
  type ClientSettings,
} from '../src/client-variables.js';
import { withEmulator } from './support/with-emulator.js';

const direct: ClientSettings = {
  origin: 'https://localhost:8443',
  proxy: false,
  files: { ca: '/t/ca.pem', bundle: '/t/ca-bundle.pem', truststore: '/t/truststore.p12' },
  azureConfigDir: '/t/azure',
  identity: { AZURE_TENANT_ID: 'tenant', AZURE_CLIENT_ID: 'client', AZURE_CLIENT_SECRET: 'secret' },
  workspace: { AZUREML_ARM_SUBSCRIPTION: 'subscription' },
};
const proxied: ClientSettings = { ...direct, proxy: true };
const emulated = withEmulator({ proxy: true });

describe('through the proxy', () => {
  test.each(['node', 'az', 'python', 'terraform'] as const)(
    '%s is told the proxy and no authority',
    (client) => {
      const variables = clientVariables(client, proxied);
      for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']) {
        expect(variables).toHaveProperty(name, 'http://127.0.0.1:8443');
      }
      for (const name of ['NO_PROXY', 'no_proxy']) {
        expect(variables).toHaveProperty(name, 'localhost,127.0.0.1,::1');
      }
      expect(Object.keys(variables)).not.toContain('AZURE_AUTHORITY_HOST');
      expect(Object.keys(variables)).not.toContain('ARM_CLOUD_METADATA_URL');
      expect(Object.keys(variables)).not.toContain('ARM_METADATA_HOSTNAME');
    },
  );

  test('Java is told the same by its options', () => {
    const options = clientVariables('java', proxied)['JAVA_TOOL_OPTIONS']?.split(' ');
    expect(options).toEqual([
      '-Dhttp.proxyHost=127.0.0.1',
      '-Dhttp.proxyPort=8443',
      '-Dhttps.proxyHost=127.0.0.1',
      '-Dhttps.proxyPort=8443',
      '-Dhttp.nonProxyHosts=localhost|127.*|[::1]',
      '-Djavax.net.ssl.trustStore=/t/truststore.p12',
      '-Djavax.net.ssl.trustStoreType=PKCS12',
      '-Djavax.net.ssl.trustStorePassword=changeit',
    ]);
  });

  test('Node.js uses the proxy in fetch too', () => {
    expect(clientVariables('node', proxied)).toMatchObject({
      NODE_USE_ENV_PROXY: '1',
      NODE_EXTRA_CA_CERTS: '/t/ca.pem',
    });
  });

  test('the environment of a process of which nothing is known has everything', () => {
    const all = allVariables(proxied);
    for (const client of EMULATOR_CLIENTS) expect(all).toMatchObject(clientVariables(client, proxied));
    expect(all).toMatchObject({ CURL_CA_BUNDLE: '/t/ca-bundle.pem', AZURE_CONFIG_DIR: '/t/azure' });
  });

  test('env() is that environment, with a folder of its own for az', () => {
    const all = emulated().env('trainer');
    expect(all).toMatchObject({
      HTTPS_PROXY: `http://127.0.0.1:${emulated().port}`,
      AZURE_CLIENT_ID: emulated().app('trainer').clientId,
      AZURE_CONFIG_DIR: expect.stringMatching(/aml-auth-emulator-\w+.azure$/) as unknown,
    });
    expect(emulated().clientEnv('az')).toMatchObject({ AZURE_CONFIG_DIR: all['AZURE_CONFIG_DIR'] });
  });
});

describe('without the proxy', () => {
  test('no client is told of one', () => {
    for (const client of EMULATOR_CLIENTS) {
      expect(JSON.stringify(clientVariables(client, direct))).not.toMatch(/proxy/i);
    }
  });

  test('each is told where the cloud is, in its own way', () => {
    const origin = 'https://localhost:8443';
    expect(clientVariables('node', direct)).toMatchObject({ AZURE_AUTHORITY_HOST: origin });
    expect(clientVariables('python', direct)).toMatchObject({ AZURE_AUTHORITY_HOST: origin });
    expect(clientVariables('java', direct)).toMatchObject({ AZURE_AUTHORITY_HOST: origin });
    expect(clientVariables('terraform', direct)).toMatchObject({
      ARM_METADATA_HOSTNAME: 'localhost:8443',
      ARM_SUBSCRIPTION_ID: 'subscription',
      ARM_CLIENT_SECRET: 'secret',
    });
    expect(clientVariables('az', direct)).toMatchObject({
      ARM_CLOUD_METADATA_URL: `${origin}/metadata/endpoints?api-version=2019-05-01`,
      AZURE_CORE_INSTANCE_DISCOVERY: 'false',
    });
  });
});

test('a path with a blank stays one option of Java', () => {
  const files = { ...direct.files, truststore: '/a b/truststore.p12' };
  expect(clientVariables('java', { ...direct, files })['JAVA_TOOL_OPTIONS']).toContain(
    '"-Djavax.net.ssl.trustStore=/a b/truststore.p12"',
  );
});

test('a variable without a value is left out', () => {
  const variables = clientVariables('terraform', { ...direct, identity: { AZURE_TENANT_ID: 'tenant' } });
  expect(Object.keys(variables)).not.toContain('ARM_CLIENT_ID');
});
