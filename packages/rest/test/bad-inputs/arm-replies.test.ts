import { gzipSync } from 'node:zlib';
import { publicCloud, type Cloud } from '@aml-auth/core';
import { createArmClient, type ArmRequest } from '@aml-auth/rest';
import { describe, expect, it } from 'vitest';
import { clientOf, collect, countingCredential, loopbackArm } from '../loopback-arm.js';
import { settle, virtualArm } from '../virtual-arm.js';

const GET: ArmRequest = { method: 'GET', path: '/subscriptions/s/x', apiVersion: '2026-09-01' };
const REF = {
  subscriptionId: '00000000-0000-0000-0000-000000000003',
  resourceGroup: 'rg',
  workspaceName: 'ws1',
};
const HOME = 'https://management.azure.com';
const LIST = { path: '/subscriptions', apiVersion: '2022-12-01' };

const at = (endpoint: string): Cloud => ({
  ...publicCloud,
  resourceManager: { ...publicCloud.resourceManager, endpoint },
});

describe('a cloud', () => {
  it.each([
    'http://management.azure.com',
    'file:///etc/passwd',
    'gopher://management.azure.com',
    'management.azure.com',
    '',
  ])('whose Resource Manager is at %j is refused', (endpoint) => {
    expect(() => createArmClient({ credential: countingCredential(), cloud: at(endpoint) })).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }) as Error,
    );
  });

  it.each(['https://user:secret@management.azure.com', 'https://management.azure.com@evil.example'])(
    'with a user name in its address (%j) is refused',
    (endpoint) => {
      expect(() => createArmClient({ credential: countingCredential(), cloud: at(endpoint) })).toThrow(
        expect.objectContaining({ code: 'AML_CONFIG_INVALID' }) as Error,
      );
    },
  );
});

describe('a nextLink', () => {
  it('of the same host with the path of a token endpoint gets a token of Resource Manager and nothing more', async () => {
    const arm = await loopbackArm((_r, index) => ({
      body: { value: [], nextLink: index === 0 ? `${HOME}/common/oauth2/token` : null },
    }));
    const { client } = clientOf(arm);
    await expect(collect(client.list(LIST))).resolves.toEqual([]);
    expect(arm.seen.map(({ method, body }) => [method, body])).toEqual([
      ['GET', ''],
      ['GET', ''],
    ]);
  });

  it('leads through ten thousand pages without growing slower, and ends where it is empty', async () => {
    const { client, clock, sentAt } = virtualArm(
      (n) => Response.json({ value: [n], nextLink: n < 10_000 ? `${HOME}/x?p=${String(n)}` : '' }),
      { rateLimits: 'none' },
    );
    expect((await settle(clock, collect(client.list(LIST)))).value).toHaveLength(10_000);
    expect(sentAt).toHaveLength(10_000);
  });
});

describe('a redirect of a write', () => {
  it.each([301, 302, 303, 307, 308])(
    'to another origin (%d) is not followed, and its body stays here',
    async (status) => {
      const arm = await loopbackArm(() => ({ status, headers: { location: 'https://evil.example/take' } }));
      const { client } = clientOf(arm);
      const put = client.request({ ...GET, method: 'PUT', body: { secret: 'of the caller' } });
      await expect(put).rejects.toMatchObject({ code: 'AML_RESPONSE_INVALID', status });
      expect(arm.seen.map(({ host }) => host)).toEqual(['management.azure.com']);
    },
  );
});

describe('a reply of Resource Manager', () => {
  const request = async (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => {
    const { client, clock } = virtualArm(() => new Response(body, { headers }));
    return settle(clock, client.workspaces.get(REF));
  };

  it.each([
    ['that is a page', '<!doctype html><title>Sign in</title>'],
    ['that is empty', ''],
    ['that is cut off', '{"id":"/x","name":"ws'],
    ['that is null', 'null'],
    ['that is a number', '7'],
    ['with an id that is an object', '{"id":{},"name":"ws1"}'],
    ['with status 200 and an error', '{"error":{"code":"Oops","message":"no"}}'],
    ['in another encoding', '\u0000{\u0000"\u0000'],
    ['that is nested a hundred thousand levels deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('%s is an error of the service', async (_name, body) => {
    expect((await request(body)).error).toMatchObject({ code: 'AML_RESPONSE_INVALID' });
  });

  it('with a byte-order mark is read', async () => {
    expect((await request('\ufeff{"id":"/x","name":"ws1"}')).value).toMatchObject({ name: 'ws1' });
  });

  it('with the same key twice, or keys of the language, changes nothing but itself', async () => {
    const body =
      '{"id":"/a","id":"/b","name":"ws1","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"properties":{"__proto__":{"polluted":1}}}';
    expect((await request(body)).value).toMatchObject({ id: '/b', name: 'ws1' });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('with secrets that are nested without end is an error of the service', async () => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    const { client, clock } = virtualArm(() => new Response(deep));
    const { error } = await settle(clock, client.workspace(REF).actions.listKeys());
    expect(error).toMatchObject({ code: 'AML_RESPONSE_INVALID' });
  });

  it('that unpacks to more than any page is ended', async () => {
    const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, 0x20));
    const arm = await loopbackArm(() => ({ headers: { 'content-encoding': 'gzip' }, bytes: bomb }));
    await expect(clientOf(arm).client.request(GET)).rejects.toMatchObject({ code: 'AML_RESPONSE_INVALID' });
  });

  it.each(['-5', '99999999', 'Thu, 01 Jan 1970 00:00:00 GMT', 'soon', '1e9', ''])(
    'with status 429 and Retry-After %j is repeated a few times, or not at all',
    async (after) => {
      const { client, clock, sentAt } = virtualArm(
        () => new Response('{}', { status: 429, headers: { 'retry-after': after } }),
      );
      expect((await settle(clock, client.request(GET))).error).toMatchObject({ code: 'AML_THROTTLED' });
      expect(sentAt.length).toBeLessThanOrEqual(6);
    },
  );

  it('that breaks off in its middle is asked for again', async () => {
    const { client, clock, sentAt } = virtualArm((n) => {
      if (n > 1) return new Response('{}');
      const broken = new ReadableStream({
        start: (stream) => {
          stream.enqueue(new TextEncoder().encode('{"id":'));
          stream.error(new Error('reset'));
        },
      });
      return new Response(broken);
    });
    expect((await settle(clock, client.request(GET))).value).toMatchObject({ body: {} });
    expect(sentAt).toHaveLength(2);
  });

  it('of a megabyte with commands to the terminal is shown in bearable form', async () => {
    const message = `\u001b]8;;https://evil.example\u0007click\u001b[2J ${'x'.repeat(1_000_000)}`;
    const { client, clock } = virtualArm(() =>
      Response.json({ error: { code: 'E\u001b[31m', message } }, { status: 400 }),
    );
    const { error } = await settle(clock, client.request(GET));
    const shown = `${String(error?.message)} ${String(error?.armCode)} ${error?.toReport() ?? ''}`;
    expect(shown.length).toBeLessThan(5_000);
    // eslint-disable-next-line no-control-regex -- that no terminal escape comes through is the point
    expect(shown).not.toMatch(/[\u0007\u001b]/);
  });
});
