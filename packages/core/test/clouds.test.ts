import { chinaCloud, cloudFromMetadata, fetchCloud, findCloud, knownClouds } from '@aml-auth/core';
import { describe, expect, it } from 'vitest';

const URL_2022 = 'https://arm.local:8443/metadata/endpoints?api-version=2022-09-01';

const document = {
  name: 'emu',
  portal: 'https://portal.azure.us/',
  authentication: { loginEndpoint: 'https://login.local:8443/', audiences: ['https://arm.local:8443/', 'x'] },
  resourceManager: 'https://arm.local:8443/',
  microsoftGraphResourceId: 'https://arm.local:8443/graph/',
};

describe('known clouds', () => {
  it('have https origins without a slash, and audiences of their own', () => {
    for (const cloud of knownClouds) {
      const origins = [
        cloud.authorityHost,
        cloud.resourceManager.endpoint,
        cloud.graph.endpoint,
        cloud.portal,
      ];
      for (const origin of origins) expect(new URL(origin).origin).toBe(origin);
      expect(findCloud(cloud.name.toUpperCase())).toBe(cloud);
    }
    const audiences = knownClouds.flatMap(({ machineLearning, resourceManager, graph }) =>
      [machineLearning, resourceManager, graph].map(({ audience }) => audience),
    );
    expect(new Set(audiences)).toHaveLength(9);
    expect(chinaCloud.machineLearning.audience).toBe('https://ml.azure.cn');
    expect(findCloud('nowhere')).toBeUndefined();
  });
});

describe('cloudFromMetadata', () => {
  const expected = {
    name: 'emu',
    authorityHost: 'https://login.local:8443',
    resourceManager: { endpoint: 'https://arm.local:8443', audience: 'https://arm.local:8443' },
    graph: { endpoint: 'https://arm.local:8443/graph', audience: 'https://arm.local:8443/graph/' },
    machineLearning: { audience: 'https://ml.azure.us' },
    portal: 'https://portal.azure.us',
  };

  it('reads the single object and the list', () => {
    expect(cloudFromMetadata(document, URL_2022)).toEqual(expected);
    expect(cloudFromMetadata([document], URL_2022)).toEqual(expected);
    expect(cloudFromMetadata([{ ...document, name: 'other' }, document], URL_2022, 'emu')).toEqual(expected);
  });

  it('takes the Resource Manager from where the document came, if it names none', () => {
    const { resourceManager: _, ...rest } = document;
    expect(cloudFromMetadata(rest, URL_2022).resourceManager.endpoint).toBe('https://arm.local:8443');
  });

  it.each([
    [null],
    ['text'],
    [[]],
    [[document, document]],
    [{ ...document, authentication: {} }],
    [{ ...document, authentication: { loginEndpoint: 'http://login.local' } }],
    [{ ...document, resourceManager: 'ftp://x' }],
    [{ ...document, microsoftGraphResourceId: 5 }],
  ])('refuses %j', (bad) => {
    expect(() => cloudFromMetadata(bad, URL_2022)).toThrow(
      expect.objectContaining({ code: 'AML_RESPONSE_INVALID' }),
    );
  });
});

describe('fetchCloud', () => {
  it.each(['http://arm.local/metadata', 'https://user:pw@arm.local/', 'file:///etc/passwd', 'nonsense'])(
    'does not ask %s',
    async (url) => {
      const never = (): never => {
        throw new Error('was asked');
      };
      await expect(fetchCloud(url, { fetch: never })).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
    },
  );

  it.each([
    ['a refusal', new Response('no', { status: 404 }), 'AML_RESPONSE_INVALID'],
    ['HTML', new Response('<html>'), 'AML_RESPONSE_INVALID'],
  ])('names %s', async (_what, response, code) => {
    await expect(fetchCloud(URL_2022, { fetch: () => Promise.resolve(response) })).rejects.toMatchObject({
      code,
    });
  });

  it('says what is wrong when the host cannot be reached', async () => {
    const refused = new TypeError('fetch failed', {
      cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
    });
    await expect(fetchCloud(URL_2022, { fetch: () => Promise.reject(refused) })).rejects.toMatchObject({
      code: 'AML_NETWORK',
      message: 'arm.local:8443 could not be reached: nothing listens on that port (ECONNREFUSED).',
    });
  });
});
