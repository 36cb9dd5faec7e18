import { EventEmitter, once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { AmlAuthError, type LogEvent } from '@aml-auth/core';
import { serveIdentity, type IdentityEndpoint, type ServeIdentityOptions } from '@aml-auth/identity-endpoint';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CLIENT_ID, EXPIRES, testCredential, TOKEN } from './test-credential.js';

const RESOURCE = 'https://ml.azure.com';
const QUERY = `api-version=2019-08-01&resource=${RESOURCE}`;

interface Reply {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

async function serve(options: Partial<ServeIdentityOptions> = {}) {
  const credential = testCredential();
  const served = await serveIdentity({ credential, style: 'appService', ...options });
  onTestFinished(() => served.close());
  return { ...served, credential, secret: served.env['IDENTITY_HEADER'] ?? served.env['MSI_SECRET'] ?? '' };
}

/** `node:http`, because `fetch` does not let a test set the Host header. */
async function send(
  { endpoint }: Pick<IdentityEndpoint, 'endpoint'>,
  headers: Record<string, string | string[]>,
  options: { query?: string; path?: string; method?: string } = {},
): Promise<Reply> {
  const url = new URL(endpoint);
  const { method = 'GET', path = url.pathname, query = QUERY } = options;
  const outgoing = request({ host: url.hostname, port: url.port, method, path: `${path}?${query}`, headers });
  outgoing.end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, headers: response.headers, body };
}

describe('serveIdentity', () => {
  it('answers in the form of App Service: the expiry as text', async () => {
    const served = await serve();
    const reply = await send(served, { 'x-identity-header': served.secret });
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.body)).toEqual({
      access_token: TOKEN,
      client_id: CLIENT_ID,
      expires_on: String(Math.floor(EXPIRES / 1000)),
      resource: RESOURCE,
      token_type: 'Bearer',
    });
    expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': /json/ });
    expect(served.env).toEqual({ IDENTITY_ENDPOINT: served.endpoint, IDENTITY_HEADER: served.secret });
  });

  it('answers in the form of Azure ML: the expiry as a number', async () => {
    const served = await serve({ style: 'azureML' });
    const query = `api-version=2017-09-01&resource=${RESOURCE}&clientid=${CLIENT_ID.toUpperCase()}`;
    const reply = await send(served, { secret: served.secret, metadata: 'true' }, { query });
    expect(JSON.parse(reply.body)).toMatchObject({
      access_token: TOKEN,
      expires_on: Math.floor(EXPIRES / 1000),
    });
    expect(served.env).toEqual({
      MSI_ENDPOINT: served.endpoint,
      MSI_SECRET: served.secret,
      DEFAULT_IDENTITY_CLIENT_ID: CLIENT_ID,
    });
  });

  it('answers in the form of IMDS, where the secret begins the path', async () => {
    const served = await serve({ style: 'imds' });
    const { pathname, origin } = new URL(served.endpoint);
    const [, secret = ''] = pathname.split('/');
    expect(secret).toMatch(/^[\da-f]{64}$/);
    expect(served.env).toEqual({ AZURE_POD_IDENTITY_AUTHORITY_HOST: `${origin}/${secret}` });
    const query = `api-version=2018-02-01&resource=${RESOURCE}`;
    const reply = await send(served, { metadata: 'True' }, { query });
    expect(JSON.parse(reply.body)).toMatchObject({
      access_token: TOKEN,
      expires_on: String(Math.floor(EXPIRES / 1000)),
      expires_in: expect.stringMatching(/^\d+$/) as string,
      token_type: 'Bearer',
    });
    const path = '/metadata/identity/oauth2/token';
    const refused = [
      await send(served, { metadata: 'true' }, { query, path }),
      await send(served, { metadata: 'true' }, { query, path: `/${secret.slice(1)}0${path}` }),
      await send(served, { metadata: 'true', secret }, { query, path: `//${path}` }),
      await send(served, { metadata: 'true', host: 'evil.example' }, { query }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    // Proxies and browsers do not send the header: it keeps forged requests out.
    expect((await send(served, {}, { query })).status).toBe(400);
  });

  it('gives out no token of another identity than the expected one', async () => {
    const claims = Buffer.from(JSON.stringify({ appid: CLIENT_ID, tid: CLIENT_ID, idtyp: 'app' })).toString(
      'base64url',
    );
    const token = `eyJhbGciOiJub25lIn0.${claims}.x`;
    const of = () => testCredential(() => Promise.resolve({ token, expiresOnTimestamp: EXPIRES }));
    const right = await serve({ credential: of(), expectedIdentity: { clientId: CLIENT_ID } });
    expect((await send(right, { 'x-identity-header': right.secret })).status).toBe(200);
    const stranger = { clientId: '00000000-0000-0000-0000-000000000009' };
    const wrong = await serve({ credential: of(), expectedIdentity: stranger });
    const reply = await send(wrong, { 'x-identity-header': wrong.secret });
    expect([reply.status, reply.body.includes(token)]).toEqual([400, false]);
    expect(reply.body).toContain('AML_IDENTITY_MISMATCH');
  });

  it('listens on the port that is asked for, and says where it cannot', async () => {
    const first = await serve();
    const port = Number(new URL(first.endpoint).port);
    await expect(serve({ port })).rejects.toMatchObject({
      code: 'AML_UNAVAILABLE',
      message: expect.stringContaining(String(port)) as string,
    });
    await first.close();
    expect(new URL((await serve({ port })).endpoint).port).toBe(String(port));
  });

  it('has a secret of 32 random bytes, another one each time', async () => {
    const [first, second] = [await serve(), await serve()];
    expect(first.secret).toMatch(/^[\da-f]{64}$/);
    expect(first.secret).not.toBe(second.secret);
  });

  it('refuses everybody without the secret with the same answer', async () => {
    const served = await serve();
    const { secret } = served;
    const right = { 'x-identity-header': secret };
    const replies = [
      await send(served, {}),
      await send(served, { 'x-identity-header': '' }),
      await send(served, { 'x-identity-header': `${secret}x` }),
      await send(served, { 'x-identity-header': secret.slice(1) }),
      await send(served, { 'x-identity-header': secret.toUpperCase().replace(/^./, 'z') }),
      await send(served, { 'x-identity-header': [secret, secret] }),
      await send(served, { secret, metadata: 'true' }),
      await send(served, { authorization: `Bearer ${secret}` }),
      await send(served, {}, { path: '/', method: 'POST' }),
      await send(served, { ...right, host: 'evil.example' }),
      await send(served, { ...right, host: new URL(served.endpoint).host.replace('127.0.0.1', 'localhost') }),
      await send(served, { ...right, host: '127.0.0.1' }),
    ];
    const [first] = replies;
    expect(first).toMatchObject({ status: 403, body: '{"statusCode":403,"message":"Forbidden."}' });
    for (const { status, body } of replies)
      expect({ status, body }).toEqual({ status: 403, body: first?.body });
    expect(served.credential.asked).toEqual([]);
  });

  it.each<[string, string | Buffer]>([
    ['a connection that says nothing', ''],
    ['a line end', '\r\n\r\n'],
    ['the banner of another protocol', 'SSH-2.0-scan\r\n'],
    ['the start of TLS', Buffer.from('160301002e0100002a0303', 'hex')],
    ['zeros', Buffer.alloc(64)],
    ['HTTP/0.9', 'GET /msi/token\r\n'],
    ['HTTP/1.0 without a host', 'GET /msi/token HTTP/1.0\r\n\r\n'],
    ['HTTP/1.1 without a host', 'GET /msi/token HTTP/1.1\r\n\r\n'],
    ['two hosts', 'GET /msi/token HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n'],
    [
      'the host of a page that was bound to loopback',
      'GET /msi/token HTTP/1.1\r\nHost: evil.example\r\n\r\n',
    ],
    ['a request as to a proxy', 'GET http://evil.example/msi/token HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
    ['CONNECT', 'CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: {host}\r\n\r\n'],
    [
      'an upgrade',
      'GET /msi/token HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    ],
    ['an expectation', 'GET /msi/token HTTP/1.1\r\nHost: {host}\r\nExpect: secrets\r\n\r\n'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['headers without end', `GET / HTTP/1.1\r\nHost: {host}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx'],
  ])('gives a port scan nothing but a refusal: %s', async (_what, bytes) => {
    const served = await serve();
    const { host, port } = new URL(served.endpoint);
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    let answer = '';
    socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
    socket.end(typeof bytes === 'string' ? bytes.replaceAll('{host}', host) : bytes);
    await once(socket, 'close');
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    if (answer !== '') expect(head).toMatch(/^HTTP\/1\.1 (400|403|405|417|431) /);
    expect(head).not.toMatch(/^(server|x-powered-by|www-authenticate):/im);
    // Node.js itself refuses without a body, in chunks: the last one is empty.
    if (!['', '0'].includes(body)) expect(body).toContain('{"statusCode":403,"message":"Forbidden."}');
    expect(answer).not.toContain(served.secret);
    expect(served.credential.asked).toEqual([]);
    await expect(send(served, { 'x-identity-header': served.secret })).resolves.toMatchObject({
      status: 200,
    });
  });

  it('still serves the right program after 1,000 guesses', async () => {
    const served = await serve();
    const guess = async (index: number): Promise<number | undefined> => {
      const secret = index.toString(16).padStart(64, '0');
      return (await send(served, { 'x-identity-header': secret })).status;
    };
    for (let start = 0; start < 1_000; start += 50) {
      const statuses = await Promise.all(Array.from({ length: 50 }, (_, index) => guess(start + index)));
      expect(new Set(statuses)).toEqual(new Set([403]));
    }
    await expect(send(served, { 'x-identity-header': served.secret })).resolves.toMatchObject({
      status: 200,
    });
  });

  it.each([
    ['another method', 405, { method: 'POST' }],
    ['HEAD', 405, { method: 'HEAD' }],
    ['another path', 404, { path: '/msi/token/' }],
    ['a path in another case', 404, { path: '/MSI/TOKEN' }],
    ['a URL of another host', 404, { path: 'http://evil.example/msi/token' }],
    ['an older api-version', 400, { query: `api-version=2017-09-01&resource=${RESOURCE}` }],
    ['no resource', 400, { query: 'api-version=2019-08-01' }],
    ['an empty resource', 400, { query: 'api-version=2019-08-01&resource=' }],
    ['two resources', 400, { query: `${QUERY}&resource=https://graph.microsoft.com` }],
    ['a resource that is none', 400, { query: 'api-version=2019-08-01&resource=a%0d%0ab' }],
    ['another client id', 400, { query: `${QUERY}&client_id=00000000-0000-0000-0000-000000000009` }],
    ['two client ids', 400, { query: `${QUERY}&client_id=${CLIENT_ID}&client_id=${CLIENT_ID}` }],
    ['an object id', 400, { query: `${QUERY}&object_id=${CLIENT_ID}` }],
  ])('refuses %s with %i', async (_what, status, options) => {
    const served = await serve();
    const reply = await send(served, { 'x-identity-header': served.secret }, options);
    expect(reply.status).toBe(status);
    expect(reply.body).not.toContain(served.secret);
    expect(served.credential.asked).toEqual([]);
  });

  it('gives tokens for the allowed resources only', async () => {
    const served = await serve({ allowedResources: ['https://ml.azure.com/'] });
    const header = { 'x-identity-header': served.secret };
    await expect(send(served, header)).resolves.toMatchObject({ status: 200 });
    const foreign = await send(served, header, {
      query: 'api-version=2019-08-01&resource=https://management.azure.com',
    });
    expect(foreign).toMatchObject({ status: 403, body: expect.stringContaining('resource') as string });
    expect(served.credential.asked).toEqual(['https://ml.azure.com/.default']);
  });

  it('does not serve an identity by client id whose client id it does not know', async () => {
    const credential = { ...testCredential(), describe: () => ({ method: 'azureCli' }) };
    const served = await serve({ credential, style: 'azureML' });
    expect(served.env).not.toHaveProperty('DEFAULT_IDENTITY_CLIENT_ID');
    const query = `api-version=2017-09-01&resource=${RESOURCE}&clientid=clientid`;
    await expect(send(served, { secret: served.secret }, { query })).resolves.toMatchObject({ status: 400 });
  });

  it.each([
    ['AML_THROTTLED', 429, '2'],
    ['AML_NETWORK', 503, undefined],
    ['AML_CREDENTIAL_REJECTED', 400, undefined],
  ] as const)('answers %s with %i and no secret', async (code, status, retryAfter) => {
    const failure = new AmlAuthError({
      code,
      message: 'client_secret=very-secret-value was refused.',
      ...(retryAfter === undefined ? {} : { retryAfterMs: 1_500 }),
    });
    const served = await serve({ credential: testCredential(() => Promise.reject(failure)) });
    const reply = await send(served, { 'x-identity-header': served.secret });
    expect(reply.status).toBe(status);
    expect(reply.headers['retry-after']).toBe(retryAfter);
    expect(JSON.parse(reply.body)).toMatchObject({
      message: expect.stringContaining(code) as string,
      correlationId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    });
    expect(reply.body).not.toContain('very-secret-value');
  });

  it('stops asking for a token when the program goes away', async () => {
    const asked = new EventEmitter();
    const credential = {
      ...testCredential(),
      getToken: (_scopes: unknown, options?: { abortSignal?: unknown }) => {
        asked.emit('token', options?.abortSignal);
        return new Promise<never>(() => undefined);
      },
    };
    const served = await serve({ credential });
    const outgoing = request(`${served.endpoint}?${QUERY}`, {
      headers: { 'x-identity-header': served.secret },
    });
    outgoing.on('error', () => undefined);
    outgoing.end();
    const [signal] = (await once(asked, 'token')) as [AbortSignal];
    outgoing.destroy();
    if (!signal.aborted) await once(signal, 'abort');
    expect(signal.aborted).toBe(true);
  });

  it('tells its logger what happened, without secret and token', async () => {
    const events: LogEvent[] = [];
    const note = (event: LogEvent): void => void events.push(event);
    const served = await serve({ logger: { debug: note, info: note, warn: note, error: note } });
    await send(served, { 'x-identity-header': served.secret });
    await send(served, { 'x-identity-header': 'wrong' });
    expect(events).toEqual([
      { event: 'identity.request', status: 200, resource: RESOURCE },
      { event: 'identity.request', status: 403 },
    ]);
    expect(JSON.stringify(events)).not.toContain(served.secret);
  });

  it('answers although its logger fails', async () => {
    const fail = (): never => {
      throw new Error('The log is full.');
    };
    const served = await serve({ logger: { debug: fail, info: fail, warn: fail, error: fail } });
    const given = await send(served, { 'x-identity-header': served.secret });
    const refused = await send(served, { 'x-identity-header': 'wrong' });
    expect([given.status, refused.status]).toEqual([200, 403]);
    expect(given.body).toContain(TOKEN);
  });

  it('closes at once, idle connections too, and frees the port', async () => {
    const served = await serve();
    const { port } = new URL(served.endpoint);
    const idle = connect(Number(port), '127.0.0.1');
    await once(idle, 'connect');
    idle.resume();
    const closed = once(idle, 'close');
    await Promise.all([served.close(), served.close()]);
    await closed;
    const refused = connect(Number(port), '127.0.0.1');
    const [error] = (await once(refused, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });

  it('closes by its signal, and does not start with one that was aborted', async () => {
    const controller = new AbortController();
    const served = await serve({ signal: controller.signal });
    controller.abort();
    await served.close();
    await expect(send(served, {})).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(serve({ signal: controller.signal })).rejects.toMatchObject({ code: 'AML_CANCELLED' });
  });

  it.each([{ style: 'arc' as never }, { clientId: 'not-a-guid' }])(
    'refuses the options %j',
    async (options) => {
      await expect(serve(options)).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
    },
  );
});
