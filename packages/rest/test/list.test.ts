import { describe, expect, it } from 'vitest';
import { clientOf, collect, loopbackArm } from './loopback-arm.js';

describe('list', () => {
  const LIST = { path: '/subscriptions', apiVersion: '2022-12-01' };
  const next = (query: string): string => `https://management.azure.com/subscriptions?${query}`;

  it('follows nextLink over empty pages until it is null, under one correlation id', async () => {
    const pages = [
      { value: [1, 2], nextLink: next('p=2') },
      { value: [], nextLink: next('p=3') },
      { value: [3], nextLink: null },
    ];
    const arm = await loopbackArm((_request, index) => ({ body: pages[index] }));
    const { client } = clientOf(arm);
    await expect(collect(client.list(LIST))).resolves.toEqual([1, 2, 3]);
    expect(arm.seen.map(({ url }) => url)).toEqual([
      '/subscriptions?api-version=2022-12-01',
      '/subscriptions?p=2',
      '/subscriptions?p=3',
    ]);
    expect(new Set(arm.seen.map(({ headers }) => headers['x-ms-correlation-request-id'])).size).toBe(1);
    expect(new Set(arm.seen.map(({ headers }) => headers['x-ms-client-request-id'])).size).toBe(3);
  });

  it('stops at the limit without asking for another page', async () => {
    const arm = await loopbackArm(() => ({ body: { value: [1, 2], nextLink: next('p=2') } }));
    const { client } = clientOf(arm);
    await expect(collect(client.list({ ...LIST, limit: 2 }))).resolves.toEqual([1, 2]);
    expect(arm.seen).toHaveLength(1);
  });

  it.each([
    'https://evil.example/subscriptions',
    'http://management.azure.com/subscriptions',
    'https://management.azure.com:444/x',
    'https://a:b@management.azure.com/x',
    '//evil.example/x',
    '/subscriptions?p=2',
  ])('sends no token to the nextLink %j', async (nextLink) => {
    const arm = await loopbackArm(() => ({ body: { value: [1], nextLink } }));
    const { client, credential } = clientOf(arm);
    const items: unknown[] = [];
    const walk = async (): Promise<void> => {
      for await (const item of client.list(LIST)) items.push(item);
    };
    await expect(walk()).rejects.toMatchObject({ code: 'AML_UNTRUSTED_HOST' });
    expect(items).toEqual([1]);
    expect(credential.asked).toHaveLength(1);
    expect(arm.seen).toHaveLength(1);
  });

  it.each([-1, Number.NaN])('refuses the limit %d', async (limit) => {
    const { client, credential } = clientOf(await loopbackArm(() => ({})));
    await expect(collect(client.list({ ...LIST, limit }))).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
    });
    expect(credential.asked).toEqual([]);
  });

  it('goes on in another client from where a page ended', async () => {
    const arm = await loopbackArm(({ url }) =>
      url.includes('p=2') ? { body: { value: [3] } } : { body: { value: [1, 2], nextLink: next('p=2') } },
    );
    let place: string | undefined;
    for await (const page of clientOf(arm).client.pages(LIST)) {
      place = page.next;
      break;
    }
    expect(arm.seen).toHaveLength(1);
    const { client } = clientOf(arm);
    await expect(collect(client.list({ ...LIST, continueFrom: place }))).resolves.toEqual([3]);
  });

  it.each(['https://evil.example/subscriptions', 'http://management.azure.com/x', 'text'])(
    'does not go on from %j',
    async (continueFrom) => {
      const { client, credential } = clientOf(await loopbackArm(() => ({})));
      await expect(collect(client.list({ ...LIST, continueFrom }))).rejects.toMatchObject({
        code: 'AML_UNTRUSTED_HOST',
      });
      expect(credential.asked).toEqual([]);
    },
  );

  it('asks for one page ahead where that is wanted, and never for more', async () => {
    const arm = await loopbackArm((_request, index) => ({
      body: { value: [index], nextLink: index < 3 ? next(`p=${String(index)}`) : null },
    }));
    const { client } = clientOf(arm);
    const walk = client.pages({ ...LIST, prefetch: true })[Symbol.asyncIterator]();
    await walk.next();
    await arm.arrived(2);
    await new Promise(setImmediate);
    expect(arm.seen).toHaveLength(2);
    await walk.next();
    await arm.arrived(3);
    await walk.return?.();
    expect(arm.seen).toHaveLength(3);
    await expect(collect(client.list({ ...LIST, prefetch: true, limit: 1 }))).resolves.toHaveLength(1);
  });

  it.each([1, 3])('keeps no more than %d pages ahead, in their order', async (ahead) => {
    const arm = await loopbackArm((_request, index) => ({
      body: { value: [index], nextLink: index < 7 ? next(`p=${String(index)}`) : null },
    }));
    const { client } = clientOf(arm);
    const walk = client.pages({ ...LIST, prefetch: ahead })[Symbol.asyncIterator]();
    const items: unknown[] = [];
    for (let page = 1; page <= 8; page += 1) {
      const step = await walk.next();
      items.push(...(step.done === true ? [] : step.value.items));
      await arm.arrived(Math.min(8, page + ahead));
      await new Promise(setImmediate);
      expect(arm.seen).toHaveLength(Math.min(8, page + ahead));
    }
    expect(items).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    await expect(walk.next()).resolves.toMatchObject({ done: true });
  });

  it.each([-1, 1.5, 11, Number.NaN])('refuses to look %d pages ahead', async (prefetch) => {
    const { client, credential } = clientOf(await loopbackArm(() => ({})));
    await expect(collect(client.list({ ...LIST, prefetch }))).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
    });
    expect(credential.asked).toEqual([]);
  });

  it('begins with a POST where the service wants one, and finds the items in another field', async () => {
    const arm = await loopbackArm((_request, index) => ({
      body: { nodes: [index], nextLink: index === 0 ? next('p=2') : null },
    }));
    const { client } = clientOf(arm);
    await expect(collect(client.list({ ...LIST, method: 'POST', itemsIn: 'nodes' }))).resolves.toEqual([
      0, 1,
    ]);
    expect(arm.seen.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it('tells of a failure ahead only when its turn comes, and of none that nobody waits for', async () => {
    const arm = await loopbackArm((_request, index) =>
      index % 2 === 0 ? { body: { value: [1], nextLink: next('p=2') } } : { status: 403, body: {} },
    );
    const { client } = clientOf(arm);
    const items: unknown[] = [];
    const walk = async (): Promise<void> => {
      for await (const item of client.list({ ...LIST, prefetch: true })) items.push(item);
    };
    await expect(walk()).rejects.toMatchObject({ code: 'AML_FORBIDDEN' });
    expect(items).toEqual([1]);
    const left = client.pages({ ...LIST, prefetch: true })[Symbol.asyncIterator]();
    await left.next();
    await arm.arrived(4);
    await left.return?.();
  });

  it('stops where the pages lead back', async () => {
    const links = [next('p=2'), next('p=3'), next('p=2')];
    const arm = await loopbackArm((_request, index) => ({ body: { value: [], nextLink: links[index] } }));
    const { client } = clientOf(arm);
    await expect(collect(client.list(LIST))).rejects.toMatchObject({ code: 'AML_RESPONSE_INVALID' });
    expect(arm.seen).toHaveLength(3);
  });

  it.each([{}, { value: null }, { value: [], nextLink: 7 }, [], 'text', null])(
    'refuses the page %j',
    async (body) => {
      const { client } = clientOf(await loopbackArm(() => ({ body: JSON.stringify(body) })));
      await expect(collect(client.list(LIST))).rejects.toMatchObject({
        code: 'AML_RESPONSE_INVALID',
      });
    },
  );
});
