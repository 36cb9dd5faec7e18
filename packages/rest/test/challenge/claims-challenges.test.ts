import { createAccessToken, publicCloud, type Credential } from '@aml-auth/core';
import { authorizedFetch } from '@aml-auth/rest';
import { describe, expect, it } from 'vitest';
import { clientOf, loopbackArm, type Answer, type Seen } from '../loopback-arm.js';

const URL_A = 'https://management.azure.com/a';
const CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
const challenge = (claims = CLAIMS): Answer => ({
  status: 401,
  headers: {
    'www-authenticate': `Bearer error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`,
  },
  body: {},
});
const bearerOf = ({ headers }: Seen): string | undefined => headers.authorization?.slice('Bearer '.length);

/** Gives `old` without claims, and a new token for each call with claims. */
function renewingCredential(answer: (count: number) => string = (count) => `new-${String(count)}`) {
  const challenges: string[] = [];
  const credential: Credential = {
    getToken: (_scope, options) => {
      if (options?.enableCae !== true) throw new Error('CAE was not declared');
      if (options.claims !== undefined) challenges.push(options.claims);
      const token = options.claims === undefined ? 'old' : answer(challenges.length);
      return Promise.resolve(createAccessToken({ token, expiresOnTimestamp: Date.now() + 3_600_000 }));
    },
    describe: () => ({ method: 'test' }),
  };
  return { credential, challenges };
}

describe('a claims challenge', () => {
  it('is answered once, with the body sent again', async () => {
    const arm = await loopbackArm((request) => (bearerOf(request) === 'old' ? challenge() : { body: {} }));
    const { credential, challenges } = renewingCredential();
    const { client } = clientOf(arm, { credential });
    const request = { method: 'POST', path: '/a', apiVersion: '2026-09-01', body: { a: 1 } } as const;
    await expect(client.request(request)).resolves.toMatchObject({ status: 200 });
    expect(arm.seen.map(bearerOf)).toEqual(['old', 'new-1']);
    expect(arm.seen.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}']);
    expect(challenges).toEqual([CLAIMS]);
  });

  it('that comes a second time ends the call, and is in the error for the next sign-in', async () => {
    const arm = await loopbackArm(() => challenge());
    const { credential, challenges } = renewingCredential();
    const { client } = clientOf(arm, { credential });
    const error: unknown = await client
      .request({ method: 'GET', path: '/a', apiVersion: '2026-09-01' })
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'AML_UNAUTHENTICATED', claims: CLAIMS });
    expect(JSON.stringify(error)).not.toContain('nbf');
    expect(arm.seen).toHaveLength(2);
    expect(challenges).toHaveLength(1);
  });

  it('is not repeated with the token that was refused', async () => {
    const arm = await loopbackArm(() => challenge());
    const { credential } = renewingCredential(() => 'old');
    const get = authorizedFetch({ credential, cloud: publicCloud, fetch: arm.fetch });
    const response = await get(URL_A);
    expect(response.status).toBe(401);
    await response.text();
    expect(arm.seen).toHaveLength(1);
  });

  it('to a thousand requests at once costs one token', async () => {
    const { credential, challenges } = renewingCredential();
    let answered = 0;
    const fetch: typeof globalThis.fetch = (_url, init) => {
      const bearer = new Headers(init?.headers).get('authorization');
      const { status = 200, headers } = bearer === 'Bearer old' ? challenge() : {};
      if (status === 200) answered += 1;
      return Promise.resolve(new Response('{}', { status, headers: headers ?? {} }));
    };
    const get = authorizedFetch({ credential, cloud: publicCloud, fetch });
    await Promise.all(Array.from({ length: 1_000 }, () => get(URL_A)));
    // A refusal of the old token that arrives late joins the same answer.
    await get(URL_A);
    expect(answered).toBe(1_001);
    expect(challenges).toHaveLength(1);
  });

  it('with other claims gets another token', async () => {
    const arm = await loopbackArm((request) => {
      if (bearerOf(request) !== 'old') return { body: {} };
      return challenge(`{"access_token":{"${request.url.slice(1)}":{}}}`);
    });
    const { credential, challenges } = renewingCredential();
    const get = authorizedFetch({ credential, cloud: publicCloud, fetch: arm.fetch });
    await Promise.all(['a', 'b', 'a'].map((name) => get(`https://management.azure.com/${name}`)));
    expect(challenges.toSorted()).toEqual(['{"access_token":{"a":{}}}', '{"access_token":{"b":{}}}']);
  });

  it('that names another authority or resource is answered as if it named none', async () => {
    const elsewhere =
      'authorization_uri="https://evil.example/t", resource_id="https://evil.example", scope="https://evil.example/.default"';
    const claims = Buffer.from(CLAIMS).toString('base64');
    const asked: unknown[] = [];
    const { credential } = renewingCredential();
    const urls: string[] = [];
    const get = authorizedFetch({
      credential: {
        ...credential,
        getToken: (scope, { abortSignal, ...options } = {}) => {
          asked.push([scope, options]);
          return credential.getToken(scope, { ...options, abortSignal });
        },
      },
      cloud: publicCloud,
      fetch: (url, init) => {
        urls.push(url as string);
        if (new Headers(init?.headers).get('authorization') !== 'Bearer old') {
          return Promise.resolve(new Response('{}'));
        }
        const header = `Bearer ${elsewhere}, error="insufficient_claims", claims="${claims}"`;
        return Promise.resolve(new Response('{}', { status: 401, headers: { 'www-authenticate': header } }));
      },
    });
    await expect(get(URL_A)).resolves.toMatchObject({ status: 200 });
    const scope = 'https://management.azure.com/.default';
    expect(asked).toEqual([
      [scope, { enableCae: true }],
      [scope, { enableCae: true, claims: CLAIMS }],
    ]);
    expect(urls).toEqual([URL_A, URL_A]);
  });

  it.each([
    ['words', 'word '],
    ['one word', 'a'],
    ['parameters', 'a=b,'],
    ['quotes', '"'],
    ['escapes', 'a="\\'],
    ['blanks', 'a    '],
  ])('of sixteen kilobytes of %s asks for nothing, and the answer comes back', async (_what, part) => {
    const header = `Bearer ${part.repeat(Math.ceil(16_384 / part.length))}`;
    const { credential, challenges } = renewingCredential();
    let sent = 0;
    const get = authorizedFetch({
      credential,
      cloud: publicCloud,
      fetch: () => {
        sent += 1;
        return Promise.resolve(new Response('', { status: 401, headers: { 'www-authenticate': header } }));
      },
    });
    await expect(get(URL_A)).resolves.toMatchObject({ status: 401 });
    expect([sent, challenges]).toEqual([1, []]);
  });

  it('that the credential cannot answer ends with its error, and the next request asks again', async () => {
    let tries = 0;
    const { credential } = renewingCredential(() => {
      tries += 1;
      if (tries === 1) throw new Error('identity provider is down');
      return 'better';
    });
    const arm = await loopbackArm((request) => (bearerOf(request) === 'old' ? challenge() : { body: {} }));
    const get = authorizedFetch({
      credential: { ...credential, getToken: async (scope, options) => credential.getToken(scope, options) },
      cloud: publicCloud,
      fetch: arm.fetch,
    });
    await expect(get(URL_A)).rejects.toMatchObject({ message: expect.stringContaining('down') as string });
    await expect(get(URL_A)).resolves.toMatchObject({ status: 200 });
  });
});
