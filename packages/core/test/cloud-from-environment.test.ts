import {
  chinaCloud,
  cloudFromEnvironment,
  cloudNamed,
  knownCloudFromEnvironment,
  publicCloud,
  usGovernmentCloud,
} from '@aml-auth/core';
import { describe, expect, it } from 'vitest';

const metadata = {
  name: 'emu',
  authentication: { loginEndpoint: 'https://emu.local', audiences: ['https://emu.local'] },
  resourceManager: 'https://emu.local',
  microsoftGraphResourceId: 'https://emu.local/graph/',
};
const answer = () => Promise.resolve(Response.json(metadata));
const never = (): never => {
  throw new Error('was asked');
};

describe('cloudFromEnvironment', () => {
  it.each([
    [{}, publicCloud],
    [{ AZURE_AUTHORITY_HOST: '', AZUREML_CURRENT_CLOUD: '', ARM_CLOUD_METADATA_URL: '' }, publicCloud],
    [{ AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.us/' }, usGovernmentCloud],
    [{ AZURE_AUTHORITY_HOST: 'login.chinacloudapi.cn' }, chinaCloud],
    [{ AZUREML_CURRENT_CLOUD: 'azurechinacloud', AZURE_AUTHORITY_HOST: 'https://x.test' }, chinaCloud],
  ])('finds the cloud of %j without asking anybody', async (env, cloud) => {
    expect(await cloudFromEnvironment(env, { fetch: never })).toBe(cloud);
    expect(knownCloudFromEnvironment(env)).toBe(cloud);
  });

  it('fetches the metadata document of a custom cloud', async () => {
    const env = {
      ARM_CLOUD_METADATA_URL: 'https://emu.local/metadata/endpoints',
      AZUREML_CURRENT_CLOUD: 'AzureCloud',
    };
    expect(await cloudFromEnvironment(env, { fetch: answer })).toMatchObject({ name: 'emu' });
    expect(() => knownCloudFromEnvironment(env)).toThrow(
      expect.objectContaining({
        code: 'AML_CONFIG_INVALID',
        remedy: expect.stringContaining('await cloudFromEnvironment') as string,
      }),
    );
  });

  it.each([
    { AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com.evil.test' },
    { AZUREML_CURRENT_CLOUD: 'Azure' },
  ])('refuses %j', async (env) => {
    await expect(cloudFromEnvironment(env)).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
    expect(() => knownCloudFromEnvironment(env)).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }),
    );
  });
});

it('cloudNamed lists the names it knows', () => {
  expect(() => cloudNamed('mars')).toThrow(
    expect.objectContaining({ remedy: expect.stringContaining('AzureUSGovernment') as string }),
  );
});
