import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { certificateName, findVirtualHost, TLS_HOSTS } from '../../src/proxy/virtual-hosts.js';

describe('findVirtualHost', () => {
  test.each([
    ['login.microsoftonline.com', 'login'],
    ['LOGIN.microsoftonline.com:443', 'login'],
    ['login.microsoftonline.com:8443', 'login'],
    ['login.microsoftonline.com.', 'login'],
    ['westeurope.login.microsoft.com', 'login'],
    ['login.windows.net', 'login'],
    ['sts.windows.net', 'login'],
    ['management.azure.com:443', 'resourceManager'],
    ['management.core.windows.net', 'resourceManager'],
    ['graph.microsoft.com', 'graph'],
    ['scoring.westeurope.inference.ml.azure.com', 'inference'],
    ['westeurope.api.azureml.ms:443', 'dataPlane'],
    ['169.254.169.254:80', 'instanceMetadata'],
  ])('%s is %s', (host, face) => {
    expect(findVirtualHost(host)?.face).toBe(face);
  });

  test.each([
    'example.org',
    'microsoftonline.com',
    'notlogin.microsoftonline.com',
    'login.microsoftonline.com.example.org',
    'evil-graph.microsoft.com',
    'x.graph.microsoft.com',
    'graph.windows.net',
    'a.b.login.microsoft.com',
    'inference.ml.azure.com',
    'westeurope.inference.ml.azure.com',
    'a.b.c.inference.ml.azure.com',
    'api.azureml.ms',
    'ws.westeurope.api.azureml.ms',
    'westeurope.api.azureml.ms.example.org',
    '*.login.microsoft.com',
    '.login.microsoft.com',
    '169.254.169.25',
    '',
  ])('%s is none', (host) => {
    expect(findVirtualHost(host)).toBeUndefined();
  });

  test('takes no host that merely ends or begins like one of Azure', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TLS_HOSTS), fc.stringMatching(/^[a-z0-9-]{1,12}$/), (name, text) => {
        expect(findVirtualHost(`${text}${name}`)).toBeUndefined();
        expect(findVirtualHost(`${name}.${text}`)).toBeUndefined();
      }),
    );
  });
});

test.each([
  ['login.microsoftonline.com', 'login.microsoftonline.com'],
  ['Graph.Microsoft.com', 'graph.microsoft.com'],
  ['westeurope.login.microsoft.com', '*.login.microsoft.com'],
  ['northeurope.login.microsoft.com', '*.login.microsoft.com'],
  ['scoring.westeurope.inference.ml.azure.com', '*.westeurope.inference.ml.azure.com'],
  ['westeurope.api.azureml.ms', '*.api.azureml.ms'],
  ['a.b.login.microsoft.com', undefined],
  ['169.254.169.254', undefined],
  ['localhost', undefined],
  ['example.org', undefined],
])('the certificate for %s is made out to %s', (host, name) => {
  expect(certificateName(host)).toBe(name);
});
