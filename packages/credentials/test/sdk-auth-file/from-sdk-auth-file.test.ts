import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { chinaCloud, publicCloud, type LogEvent } from '@aml-auth/core';
import { fromSdkAuthFile, type SdkAuthFileOptions } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { describeCredential } from '@aml-auth/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ARM = 'https://management.azure.com/.default';

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator();
  trustEmulator(emulator);
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

/** What the Azure CLI writes, for the emulator's cloud. */
function content(change: Record<string, unknown> = {}): string {
  const { tenantId, clientId, secret } = emulator.app('trainer');
  return JSON.stringify({
    clientId,
    clientSecret: secret,
    subscriptionId: emulator.subscription().id,
    tenantId,
    activeDirectoryEndpointUrl: emulator.origin,
    resourceManagerEndpointUrl: `${emulator.cloud.resourceManager.endpoint}/`,
    activeDirectoryGraphResourceId: 'https://graph.windows.net/',
    sqlManagementEndpointUrl: 'https://management.core.windows.net:8443/',
    galleryEndpointUrl: 'https://gallery.azure.com/',
    managementEndpointUrl: 'https://management.core.windows.net/',
    ...change,
  });
}

async function file(name: string, text: string, mode = 0o600): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text, { mode });
  return path;
}

const subject = (options: SdkAuthFileOptions) =>
  fromSdkAuthFile({ cloud: emulator.cloud, env: {}, ...options });

describe('fromSdkAuthFile', () => {
  it('signs in as the service principal of the file, named by path or variable', async () => {
    const path = await file('auth.json', `\ufeff${content()}`);
    expect((await subject({ path }).getToken(ARM)).tokenType).toBe('Bearer');
    const credential = subject({ env: { AZURE_AUTH_LOCATION: path } });
    expect((await credential.getToken(ARM)).tokenType).toBe('Bearer');
    expect(credential.describe()).toMatchObject({
      method: 'sdkAuthFile',
      clientId: emulator.app('trainer').clientId,
    });
  });

  it('lets a chain go on where no file is named, or it is not there', async () => {
    await expect(subject({}).getToken(ARM)).rejects.toMatchObject({ code: 'AML_NOT_CONFIGURED' });
    await expect(subject({ path: join(folder, 'none') }).getToken(ARM)).rejects.toMatchObject({
      code: 'AML_UNAVAILABLE',
      disposition: 'skip',
    });
  });

  it.each([
    ['activeDirectoryEndpointUrl', 'https://login.evil.example'],
    ['activeDirectoryEndpointUrl', 'https://user@localhost'],
    ['activeDirectoryEndpointUrl', 'http://login.microsoftonline.com'],
    ['activeDirectoryEndpointUrl', 7],
    ['resourceManagerEndpointUrl', 'https://management.azure.com.evil.example/'],
  ])('sends nothing where %s is %j', async (name, value) => {
    const requests: unknown[] = [];
    const path = await file('foreign.json', content({ [name]: value }));
    const credential = subject({
      path,
      fetch: (input) => Promise.reject(new Error(String(requests.push(input)))),
    });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({ code: 'AML_UNTRUSTED_HOST' });
    expect(requests).toEqual([]);
  });

  it('compares with the cloud that is configured', async () => {
    const forPublic = {
      activeDirectoryEndpointUrl: publicCloud.authorityHost,
      resourceManagerEndpointUrl: `${publicCloud.resourceManager.endpoint}/`,
    };
    const path = await file('public.json', content(forPublic));
    await expect(subject({ path, cloud: chinaCloud }).getToken(ARM)).rejects.toMatchObject({
      code: 'AML_UNTRUSTED_HOST',
      message: expect.stringContaining('AzureChinaCloud') as string,
    });
    // The right cloud: the request goes out, and does not get through.
    const offline: typeof fetch = () => Promise.reject(new TypeError('offline'));
    const clock = {
      now: Date.now,
      monotonic: () => 0,
      schedule: (ms: number, run: () => void) => (ms < 50_000 && queueMicrotask(run), () => undefined),
    };
    await expect(
      subject({ path, cloud: publicCloud, fetch: offline, clock }).getToken(ARM),
    ).rejects.toMatchObject({
      code: 'AML_NETWORK',
    });
  });

  it.each([
    ['', 'is not a JSON object'],
    ['[]', 'is not a JSON object'],
    ['{"clientSecret": "S3cret', 'is not a JSON object'],
    ['{"clientSecret": "S3cret"}', 'has no tenantId'],
  ])('names what is wrong with %j, and no secret', async (text, problem) => {
    const path = await file('bad.json', text);
    const error: unknown = await subject({ path })
      .getToken(ARM)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'AML_CONFIG_INVALID', message: `The file ${path} ${problem}.` });
    expect(inspect(error, { depth: 9 })).not.toContain('S3cret');
  });

  it('refuses a folder, and a file that is too large', async () => {
    await expect(subject({ path: folder }).getToken(ARM)).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
    });
    const path = await file('large.json', ' '.repeat(100_000));
    await expect(subject({ path }).getToken(ARM)).rejects.toMatchObject({
      message: `The file ${path} is too large.`,
    });
  });

  it('warns of a file that others can read', async () => {
    const events: LogEvent[] = [];
    const note = (event: LogEvent): void => void events.push(event);
    const logger = { debug: note, info: note, warn: note, error: note };
    const readable = await file('readable.json', content(), 0o644);
    await subject({ path: readable, logger }).getToken(ARM);
    expect(events.find(({ event }) => event === 'secret.file.readable')).toMatchObject({ file: readable });
    events.length = 0;
    await subject({ path: await file('own.json', content()), logger }).getToken(ARM);
    expect(events.filter(({ event }) => event === 'secret.file.readable')).toEqual([]);
  });
});

describeCredential('fromSdkAuthFile', async () => {
  const path = await file('contract.json', content());
  return {
    credential: subject({ path }),
    scope: ARM,
    secrets: [emulator.app('trainer').secret ?? ''],
    close: () => Promise.resolve(),
  };
});
