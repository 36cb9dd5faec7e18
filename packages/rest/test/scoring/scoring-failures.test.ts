import { isAmlAuthError } from '@aml-auth/core';
import type { OnlineEndpoint, ScoreOptions } from '@aml-auth/rest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoringError } from '../../src/scoring/scoring-error.js';
import { clientOf, loopbackArm, type Answer, type LoopbackArm, type Seen } from '../loopback-arm.js';

const REF = {
  subscriptionId: '00000000-0000-0000-0000-00000000000a',
  resourceGroup: 'rg',
  workspaceName: 'ws1',
};
const SCORING = 'https://ep.westeurope.inference.ml.azure.com/score';
const KEYS = { primaryKey: 'primary-key-for-tests', secondaryKey: 'secondary-key-for-tests' };

interface Loopback {
  readonly arm: LoopbackArm;
  readonly endpoint: OnlineEndpoint;
  /** What reached the endpoint. */
  readonly scored: () => readonly Seen[];
}

/** An endpoint whose requests are answered so, one after the other; the last answer stays. */
async function endpointWith(answers: readonly Answer[], properties: object = {}): Promise<Loopback> {
  let next = 0;
  const arm = await loopbackArm(({ host, url }) => {
    if (host !== 'management.azure.com') {
      next += 1;
      return answers[Math.min(next, answers.length) - 1] ?? {};
    }
    if (url.includes('/listKeys')) return { body: KEYS };
    const id = url.replace(/\?.*/, '');
    return { body: { id, name: 'ep', properties: { authMode: 'Key', scoringUri: SCORING, ...properties } } };
  });
  const { client } = clientOf(arm);
  const scored = (): readonly Seen[] => arm.seen.filter(({ host }) => host !== 'management.azure.com');
  return { arm, endpoint: client.endpoint(REF, 'ep'), scored };
}

const json = { 'content-type': 'application/json' };

describe('a container that fails', () => {
  it.each([
    [
      'text',
      'Traceback (most recent call last):\n  File "score.py", line 7, in run\nKeyError: \'data\'',
      "KeyError: 'data'",
    ],
    ['JSON', '{"error":{"code":"BadInput","message":"no field data"}}', 'BadInput: no field data'],
    ['flat JSON', '{"message":"no field data"}', 'no field data'],
    ['a page', '<html><head><title>502 Bad Gateway</title></head></html>', '502 Bad Gateway'],
  ])('is quoted: %s', async (_, body, quoted) => {
    const headers = {
      'ms-azureml-model-error-statuscode': '500',
      'ms-azureml-model-error-reason': 'model_error',
      'azureml-model-deployment': 'blue',
      'x-request-id': 'request-1',
    };
    const { endpoint, scored } = await endpointWith([{ status: 424, headers, body }]);
    const error: unknown = await endpoint.score({}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'AML_REQUEST_REJECTED',
      status: 424,
      correlation: { requestId: 'request-1' },
      remedy: expect.stringContaining('request-1') as string,
    });
    const { message } = error as Error;
    expect(message).toContain('its container of the deployment blue failed with 500 (model_error)');
    expect(message).toContain(quoted);
    expect(scored()).toHaveLength(1);
  });

  it('cannot write to the terminal, nor fill it', async () => {
    const body = `\u001b]8;;https://evil.example\u0007${'x'.repeat(1_000_000)}`;
    const { endpoint } = await endpointWith([{ status: 424, body }]);
    const error: unknown = await endpoint.score({}).catch((thrown: unknown) => thrown);
    expect(isAmlAuthError(error) && error.message.length).toBeLessThan(3_000);
    expect((error as Error).message).not.toContain('\u001b');
  });

  it.each([
    [400, 'AML_REQUEST_REJECTED'],
    [404, 'AML_NOT_FOUND'],
    [408, 'AML_TIMEOUT'],
    [413, 'AML_REQUEST_REJECTED'],
    [500, 'AML_SERVICE_UNAVAILABLE'],
    [503, 'AML_SERVICE_UNAVAILABLE'],
  ])('%i is %s, and not repeated', async (status, code) => {
    const { endpoint, scored } = await endpointWith([{ status, body: '' }]);
    await expect(endpoint.score({})).rejects.toMatchObject({ code, status });
    expect(scored()).toHaveLength(1);
  });

  it('is no JSON where it said so', async () => {
    const { endpoint } = await endpointWith([{ headers: json, body: '{"a":' }]);
    await expect(endpoint.score({})).rejects.toMatchObject({ code: 'AML_RESPONSE_INVALID' });
  });
});

describe('an error of an endpoint', () => {
  it('is one, whatever was answered', () => {
    const header = fc.option(fc.string(), { nil: null });
    const reply = fc.record({
      status: fc.integer({ min: 300, max: 599 }),
      body: fc.oneof(fc.string(), fc.json()),
      reason: header,
      authMode: fc.constantFrom('Key' as const, 'AMLToken' as const, 'AADToken' as const),
    });
    fc.assert(
      fc.property(reply, ({ reason, ...rest }) => {
        const headers = { get: () => reason };
        const error = scoringError(
          { ...rest, headers, endpoint: 'ep', url: SCORING, clientRequestId: 'id' },
          0,
        );
        expect(error).toMatchObject({ status: rest.status, remedy: expect.any(String) as string });
        expect(error.message).toContain('The endpoint ep answered');
      }),
    );
  });
});

describe('a call is repeated', () => {
  const soon = { 'retry-after-ms': '0', 'x-ms-retry-after-ms': '0' };

  it.each<[string, ScoreOptions, readonly Answer[], number]>([
    [
      'after 429, which no container has seen',
      {},
      [
        { status: 429, headers: soon },
        { headers: json, body: '1' },
      ],
      2,
    ],
    ['after 503 where it may be', { retry: 'always' }, [{ status: 503 }, { headers: json, body: '1' }], 2],
    [
      'after a broken connection where it may be',
      { retry: 'always' },
      [{ reset: true }, { headers: json, body: '1' }],
      2,
    ],
  ])('%s', async (_, options, answers, attempts) => {
    const { endpoint, scored } = await endpointWith(answers);
    await expect(endpoint.score({}, options)).resolves.toMatchObject({ body: 1 });
    expect(scored()).toHaveLength(attempts);
  });

  it.each<[string, ScoreOptions, Answer, string]>([
    ['after 429 where it must not', { retry: 'never' }, { status: 429 }, 'AML_THROTTLED'],
    ['after a broken connection', {}, { reset: true }, 'AML_NETWORK'],
    [
      'after 429 with a wait beyond the limit',
      { timeLimitMs: 5_000 },
      { status: 429, headers: { 'retry-after': '60' } },
      'AML_THROTTLED',
    ],
  ])('not %s', async (_, options, answer, code) => {
    const { endpoint, scored } = await endpointWith([answer]);
    await expect(endpoint.score({}, options)).rejects.toMatchObject({ code });
    expect(scored()).toHaveLength(1);
  });
});

describe('a call ends', () => {
  it('at the time limit', async () => {
    const { endpoint } = await endpointWith([{ hang: true }]);
    await expect(endpoint.score({}, { timeLimitMs: 50 })).rejects.toMatchObject({ code: 'AML_TIMEOUT' });
  });

  it('by its signal, before it and in the middle', async () => {
    const { endpoint, arm } = await endpointWith([{ hang: true }]);
    await expect(endpoint.score({}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'AML_CANCELLED',
    });
    expect(arm.seen).toEqual([]);
    const controller = new AbortController();
    const pending = endpoint.score({}, { signal: controller.signal });
    await arm.arrived(3);
    controller.abort();
    await expect(pending).rejects.toMatchObject({ code: 'AML_CANCELLED' });
  });
});

describe('a key or token goes nowhere else', () => {
  it('over a redirect', async () => {
    const answer = { status: 307, headers: { location: 'https://evil.example/score' } };
    const { endpoint, scored } = await endpointWith([answer]);
    await expect(endpoint.score({})).rejects.toMatchObject({ code: 'AML_RESPONSE_INVALID' });
    expect(scored().map(({ host }) => host)).toEqual(['ep.westeurope.inference.ml.azure.com']);
  });

  it.each([
    ['http', 'http://ep.westeurope.inference.ml.azure.com/score'],
    ['user info', 'https://ep.westeurope.inference.ml.azure.com@evil.example/score'],
    ['another scheme', 'file:///score'],
    ['no URL', '/score'],
  ])('to a scoring URI with %s', async (_, scoringUri) => {
    const { endpoint, arm, scored } = await endpointWith([{}], { scoringUri });
    await expect(endpoint.score({})).rejects.toMatchObject({ code: 'AML_UNTRUSTED_HOST' });
    expect(scored()).toEqual([]);
    expect(arm.seen.some(({ url }) => url.includes('listKeys'))).toBe(false);
  });

  it('than as the header of the call, and the token of Resource Manager never there', async () => {
    const { endpoint, arm } = await endpointWith([{ headers: json, body: '1' }]);
    await endpoint.score({}, { headers: { 'x-model': 'a' } });
    expect(arm.seen.map(({ host, headers }) => [host, headers.authorization])).toEqual([
      ['management.azure.com', 'Bearer the-secret-token'],
      ['management.azure.com', 'Bearer the-secret-token'],
      ['ep.westeurope.inference.ml.azure.com', `Bearer ${KEYS.primaryKey}`],
    ]);
    expect(arm.seen[2]?.headers['x-model']).toBe('a');
  });
});

describe('an endpoint that cannot be called', () => {
  it.each([
    [{ scoringUri: null, provisioningState: 'Creating' }, 'AML_CONFLICT', 'Creating'],
    [{ authMode: 'Certificate' }, 'AML_RESPONSE_INVALID', 'Certificate'],
  ])('%j ends with %s', async (properties, code, text) => {
    const { endpoint } = await endpointWith([{}], properties);
    await expect(endpoint.score({})).rejects.toMatchObject({
      code,
      message: expect.stringContaining(text) as string,
    });
  });

  it.each<[unknown, ScoreOptions]>([
    [undefined, {}],
    [1n, {}],
    [{}, { contentType: 'text/csv' }],
    [{}, { deployment: 'a\r\nx: y' }],
    [{}, { headers: { Authorization: 'Bearer x' } }],
    [{}, { timeLimitMs: 0 }],
  ])('is not called with %s and %o', async (body, options) => {
    const { endpoint, arm } = await endpointWith([{}]);
    await expect(endpoint.score(body, options)).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
    expect(arm.seen).toEqual([]);
  });

  it('has no name', async () => {
    const { client } = clientOf(await loopbackArm(() => ({})));
    expect(() => client.endpoint(REF, '../x')).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }) as Error,
    );
  });
});
