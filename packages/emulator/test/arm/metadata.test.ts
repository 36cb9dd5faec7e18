import { cloudFromMetadata } from '@aml-auth/core';
import { expect, test } from 'vitest';

import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator();

async function metadata(query: string, origin = emulated().origin): Promise<Record<string, unknown>> {
  const response = await emulated().fetch(`${origin}/metadata/endpoints?${query}`);
  expect(response.status).toBe(200);
  return response.json() as Promise<Record<string, unknown>>;
}

test('2022-09-01 is one object, which describes the cloud as it is offered in process', async () => {
  const document = await metadata('api-version=2022-09-01&unknown=1');
  expect(cloudFromMetadata(document, emulated().origin)).toEqual(emulated().cloud);
});

test('its name is not AzureCloud, and its portal gives the audience of Azure Machine Learning', async () => {
  const document = await metadata('api-version=2022-09-01');
  expect(document.name).toBe('AmlAuthEmulator');
  expect(document.portal).toBe('https://portal.azure.com');
  expect(emulated().cloud.machineLearning.audience).toBe('https://ml.azure.com');
});

test('2019-05-01 is a list', async () => {
  const document = await metadata('api-version=2019-05-01');
  expect(document).toHaveLength(1);
  expect(document[0]).toMatchObject({
    authentication: {
      loginEndpoint: `${emulated().origin}/`,
      audiences: [emulated().origin, expect.any(String), expect.any(String)],
    },
    resourceManager: `${emulated().origin}/`,
    microsoftGraphResourceId: `${emulated().origin}/graph/`,
    suffixes: { storage: 'core.windows.net' },
  });
});

test('2015-01-01 is the short form', async () => {
  expect(Object.keys(await metadata('api-version=2015-01-01')).sort()).toEqual([
    'authentication',
    'galleryEndpoint',
    'graphEndpoint',
    'portalEndpoint',
  ]);
});

test('over http it leads to https', async () => {
  const document = await metadata('api-version=2022-09-01', emulated().origin.replace('https:', 'http:'));
  expect(document.resourceManager).toBe(`${emulated().origin}/`);
});

test('the api-version is required', async () => {
  const response = await emulated().fetch(`${emulated().origin}/metadata/endpoints`);
  expect(response.status).toBe(400);
  expect(response.headers.get('x-ms-error-code')).toBe('MissingApiVersionParameter');
});
