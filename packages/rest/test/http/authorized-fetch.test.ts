import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { authorizedFetch } from '@aml-auth/rest';
import { publicCloud } from '@aml-auth/core';
import { describe, expect, it } from 'vitest';
import { countingCredential, loopbackArm } from '../loopback-arm.js';

const ARM = 'https://management.azure.com';

describe('authorizedFetch', () => {
  it('sends the token of the Resource Manager audience and fresh ids', async () => {
    const arm = await loopbackArm(() => ({ body: {} }));
    const credential = countingCredential();
    const get = authorizedFetch({ credential, cloud: publicCloud, fetch: arm.fetch });
    await get(`${ARM}/a`);
    await get(new URL(`${ARM}/b`));

    expect(credential.asked).toEqual([`${ARM}/.default`, `${ARM}/.default`]);
    const [first, second] = arm.seen.map(({ headers }) => headers);
    expect(first?.authorization).toBe('Bearer the-secret-token');
    expect(first?.['x-ms-return-client-request-id']).toBe('true');
    for (const id of ['x-ms-client-request-id', 'x-ms-correlation-request-id']) {
      expect(first?.[id]).toMatch(/^[\da-f-]{36}$/);
      expect(first?.[id]).not.toBe(second?.[id]);
    }
  });

  it.each([
    'https://evil.example/subscriptions',
    'http://management.azure.com/subscriptions',
    'https://management.azure.com:8443/subscriptions',
    'https://management.azure.com@evil.example/',
    'https://user:pw@management.azure.com/',
    'https://management.azure.com.evil.example/',
    'https://management.azure.com./',
    'https://MANAGEMENT.AZURE.COM.EVIL/',
    '//evil.example/',
    '/subscriptions',
    'file:///etc/passwd',
    '',
  ])('refuses %j before a token is asked for', async (url) => {
    const arm = await loopbackArm(() => ({ body: {} }));
    const credential = countingCredential();
    const get = authorizedFetch({ credential, cloud: publicCloud, fetch: arm.fetch });
    await expect(get(url)).rejects.toMatchObject({
      code: 'AML_UNTRUSTED_HOST',
      remedy: expect.any(String) as string,
    });
    expect(credential.asked).toEqual([]);
    expect(arm.seen).toEqual([]);
  });

  it('accepts the origin in another spelling', async () => {
    const arm = await loopbackArm(() => ({ body: {} }));
    const get = authorizedFetch({ credential: countingCredential(), cloud: publicCloud, fetch: arm.fetch });
    await expect(get('HTTPS://Management.Azure.COM:443/x')).resolves.toMatchObject({ status: 200 });
  });

  it('sends tokens of Microsoft Graph to Microsoft Graph only', async () => {
    const arm = await loopbackArm(() => ({ body: {} }));
    const credential = countingCredential();
    const get = authorizedFetch({ credential, cloud: publicCloud, service: 'graph', fetch: arm.fetch });
    await get('https://graph.microsoft.com/v1.0/me');
    await expect(get(`${ARM}/subscriptions`)).rejects.toMatchObject({ code: 'AML_UNTRUSTED_HOST' });
    expect(credential.asked).toEqual(['https://graph.microsoft.com/.default']);
  });

  it('does not follow a redirect', async () => {
    const arm = await loopbackArm(() => ({ status: 307, headers: { location: 'https://evil.example/' } }));
    const get = authorizedFetch({ credential: countingCredential(), cloud: publicCloud, fetch: arm.fetch });
    const response = await get(`${ARM}/a`, { method: 'PUT', body: '{}' });
    expect(response.status).toBe(307);
    expect(arm.seen).toHaveLength(1);
  });

  it.each(['a\r\nX-Evil: 1', 'a\nb', 'tök', 'a b', ''])('refuses the token %j', async (token) => {
    const arm = await loopbackArm(() => ({ body: {} }));
    const get = authorizedFetch({
      credential: countingCredential(token),
      cloud: publicCloud,
      fetch: arm.fetch,
    });
    const error: unknown = await get(`${ARM}/a`).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'AML_RESPONSE_INVALID' });
    if (token !== '') expect((error as Error).message).not.toContain(token);
    expect(arm.seen).toEqual([]);
  });

  it('overwrites an authorization header of the caller and keeps method, body and ids', async () => {
    const arm = await loopbackArm(() => ({ body: {} }));
    const get = authorizedFetch({ credential: countingCredential(), cloud: publicCloud, fetch: arm.fetch });
    await get(
      new Request(`${ARM}/a`, {
        method: 'POST',
        body: '{"a":1}',
        headers: { authorization: 'Bearer other', 'x-ms-correlation-request-id': 'mine' },
      }),
    );
    expect(arm.seen[0]).toMatchObject({ method: 'POST', body: '{"a":1}' });
    expect(arm.seen[0]?.headers).toMatchObject({
      authorization: 'Bearer the-secret-token',
      'x-ms-correlation-request-id': 'mine',
    });
  });

  it('is cancelled while a credential ignores the signal', async () => {
    const credential = { ...countingCredential(), getToken: () => new Promise<never>(() => undefined) };
    const get = authorizedFetch({ credential, cloud: publicCloud });
    const controller = new AbortController();
    const pending = get(`${ARM}/a`, { signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toMatchObject({ code: 'AML_CANCELLED', name: 'AbortError' });
  });

  it('names the host that cannot be reached and the reason', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const get = authorizedFetch({
      credential: countingCredential(),
      cloud: publicCloud,
      fetch: (_url, init) => fetch(`http://127.0.0.1:${String(port)}/`, init),
    });
    await expect(get(`${ARM}/a`)).rejects.toMatchObject({
      code: 'AML_NETWORK',
      message: expect.stringMatching(/management\.azure\.com .*ECONNREFUSED/) as string,
    });
  });
});
