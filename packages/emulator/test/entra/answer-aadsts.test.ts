import { seededRandom, startEmulator } from '@aml-auth/emulator';
import { manualClock } from '@aml-auth/core/testing';
import { expect, test } from 'vitest';

import { createStore } from '../../src/core/store.js';
import { aadstsCodes, answerAadsts, isAadstsCode } from '../../src/entra/answer-aadsts.js';
import { AADSTS } from '../../src/entra/aadsts.js';
import type { Call } from '../../src/http/call.js';

const clock = manualClock();

function callTo(path: string, form: Record<string, string> = {}): Call {
  return {
    world: { store: createStore(), clock, random: seededRandom('fault') },
    method: 'POST',
    segments: path.split('/'),
    query: new URLSearchParams(),
    headers: new Headers(),
    body: new URLSearchParams(form).toString(),
    tls: true,
    origin: 'https://localhost:1',
    faces: { login: 'https://localhost:1', pages: 'https://localhost:1' },
    trace: {},
    requestId: '00000000-0000-4000-8000-000000000001',
  } as unknown as Call;
}

test.each(aadstsCodes())(
  'AADSTS%i as a fault has the body that a client knows, and leaves no gap in it',
  async (code) => {
    const response = answerAadsts(
      callTo('contoso/oauth2/v2.0/token', { client_id: 'c', grant_type: 'g' }),
      code,
    );
    const body = (await response.json()) as Record<string, unknown>;
    expect(response.status).toBe(AADSTS[code]!.status);
    expect(response.headers.get('x-ms-error-code')).toBe(`AADSTS${code}`);
    expect(body).toMatchObject({ error: AADSTS[code]!.error, error_codes: [code] });
    expect(body['error_description']).toMatch(new RegExp(`^AADSTS${code}: .+ Trace ID: `));
    expect(body['error_description']).not.toMatch(/[{}]/);
  },
);

test('a fault names the client and the resource of the request, and policies where Azure does', async () => {
  const form = { client_id: 'c', scope: 'https://ml.azure.com/.default' };
  const mfa = (await answerAadsts(callTo('t/oauth2/token', form), 50076).json()) as Record<string, string>;
  expect(mfa['error_description']).toContain("to access 'https://ml.azure.com'");
  expect(JSON.parse(mfa['claims']!)).toHaveProperty('access_token.capolids.essential', true);
  const unknown = (await answerAadsts(callTo('t/oauth2/token', form), 700016).json()) as Record<
    string,
    string
  >;
  expect(unknown['error_description']).toContain("identifier 'c' was not found in the directory 't'");
});

test('a browser gets a page', async () => {
  const response = answerAadsts(callTo('t/oauth2/v2.0/authorize'), 90033);
  expect(response.headers.get('content-type')).toContain('text/html');
  expect(await response.text()).toContain('AADSTS90033: A transient error');
});

test('numbers that do not exist are known as such', () => {
  expect(isAadstsCode(90033)).toBe(true);
  expect(isAadstsCode(1)).toBe(false);
});

test('an error page explains every one of them', async () => {
  const emulator = await startEmulator();
  try {
    for (const code of aadstsCodes()) {
      const response = await emulator.fetch(`${emulator.origin}/error?code=${code}`);
      expect([code, response.status]).toEqual([code, 200]);
    }
  } finally {
    await emulator.close();
  }
});
