import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AADSTS_ERRORS, SIGN_IN_CASES } from '@aml-auth/credentials';
import { APPLICATIONS } from '../../src/entra/aadsts/applications.js';
import { FEDERATION } from '../../src/entra/aadsts/federation.js';
import { PEOPLE } from '../../src/entra/aadsts/people.js';
import { POLICIES } from '../../src/entra/aadsts/policies.js';
import { REQUESTS } from '../../src/entra/aadsts/requests.js';
import { entraError as entraErrorAt } from '../../src/entra/entra-error.js';

const subject = { authorityHost: 'https://login.test', tenantId: 'contoso.com', clientId: 'c1' };

function reply(status: number, headers: Record<string, string> = {}) {
  return { status, headers: new Headers(headers), text: '' };
}

const entraError = (answer: ReturnType<typeof reply>, body: unknown, who: typeof subject) =>
  entraErrorAt(answer, body, who, Date.UTC(2026, 7, 13));

const wrongSecret = {
  error: 'invalid_client',
  error_description:
    "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app 'c1'. Trace ID: 11111111-1111-1111-1111-111111111111 Correlation ID: 22222222-2222-2222-2222-222222222222 Timestamp: 2026-08-13 21:24:29Z",
  error_codes: [7000215],
  trace_id: '11111111-1111-1111-1111-111111111111',
  correlation_id: '22222222-2222-2222-2222-222222222222',
};

describe('entraError', () => {
  it('keeps the number, the words and the ids, and says what to do', () => {
    const error = entraError(reply(401, { 'x-ms-request-id': 'r1' }), wrongSecret, subject);
    expect(error).toMatchObject({
      code: 'AML_CREDENTIAL_REJECTED',
      disposition: 'stop',
      aadsts: 7000215,
      status: 401,
      message:
        "Application c1 could not sign in to tenant contoso.com: AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app 'c1'.",
      remedy: 'Make a new secret with "az ad app credential reset --id c1 --append" and use its value.',
      correlation: {
        traceId: wrongSecret.trace_id,
        correlationId: wrongSecret.correlation_id,
        requestId: 'r1',
      },
    });
  });

  it.each([
    ['interaction_required', undefined, 400, 'AML_INTERACTION_REQUIRED'],
    ['invalid_grant', 'consent_required', 400, 'AML_INTERACTION_REQUIRED'],
    ['invalid_grant', undefined, 400, 'AML_CREDENTIAL_REJECTED'],
    ['invalid_tenant', undefined, 400, 'AML_CONFIG_INVALID'],
    ['invalid_scope', undefined, 400, 'AML_CONFIG_INVALID'],
    ['temporarily_unavailable', undefined, 400, 'AML_SERVICE_UNAVAILABLE'],
    ['something_new', undefined, 400, 'AML_CREDENTIAL_REJECTED'],
    ['server_error', undefined, 503, 'AML_SERVICE_UNAVAILABLE'],
    ['slow', undefined, 429, 'AML_THROTTLED'],
  ])('classes %s with suberror %s and status %i as %s', (error, suberror, status, code) => {
    expect(entraError(reply(status), { error, suberror }, subject).code).toBe(code);
  });

  it('reads the number from the text where the list is missing', () => {
    const { error_codes: _, ...body } = wrongSecret;
    expect(entraError(reply(401), body, subject).aadsts).toBe(7000215);
  });

  it('hands on the claims of a Conditional Access block without printing them', () => {
    const claims = '{"access_token":{"capolids":{"essential":true,"values":["p1"]}}}';
    const error = entraError(
      reply(400),
      { error: 'invalid_grant', error_codes: [53003], suberror: 'message_only', claims },
      subject,
    );
    expect(error).toMatchObject({ code: 'AML_INTERACTION_REQUIRED', claims });
    expect(JSON.stringify(error)).not.toContain('capolids');
  });

  it('passes on how long to wait', () => {
    expect(entraError(reply(429, { 'retry-after': '7' }), {}, subject)).toMatchObject({
      retryAfterMs: 7000,
      retryable: true,
    });
  });

  it.each([
    ['an HTML page', undefined],
    ['a body without error', {}],
  ])('says that %s is no answer of a token endpoint', (_what, body) => {
    expect(entraError(reply(200), body, subject)).toMatchObject({
      code: 'AML_RESPONSE_INVALID',
      message: 'https://login.test did not answer as a token endpoint does: status 200.',
    });
  });

  it('bounds a description of a megabyte and takes out what could write to the terminal', () => {
    const error = entraError(
      reply(400),
      { error: 'x', error_description: `\u001b]52;c;AAAA\u0007${'y'.repeat(1e6)}` },
      subject,
    );
    expect(error.message.length).toBeLessThan(1000);
    // eslint-disable-next-line no-control-regex -- control characters are what must be gone
    expect(error.message).not.toMatch(/[\u0000-\u001f]/);
  });

  it('never throws, for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 200, max: 599 }), (body, status) => {
        expect(entraError(reply(status), body, subject)).toMatchObject({ name: 'AmlAuthError' });
      }),
    );
  });
});

const SENTENCE = /^[A-Z].{15,220}\.$/;
/** What a person can do. */
const STEP =
  /^(Add|Allow|Ask|Change|Check|Choose|Compare|End|Enrol|Fetch|Give|Grant|Let|Leave|Make|Select|Send|Set|Sign|Start|Try|Upload|Use|Wait)\b/;

describe('AADSTS_ERRORS', () => {
  it('has meaning, cause and remedy for every number, each in one sentence', () => {
    for (const [number, { meaning, cause, remedy }] of Object.entries(AADSTS_ERRORS)) {
      for (const text of [meaning, cause, remedy(subject)]) expect(text, number).toMatch(SENTENCE);
      expect(cause, number).not.toBe(meaning);
    }
  });

  it('tells in every remedy what to do, and not again what is wrong', () => {
    for (const [number, { remedy }] of Object.entries(AADSTS_ERRORS)) {
      expect(remedy(subject), number).toMatch(STEP);
    }
    for (const { nextStep } of SIGN_IN_CASES) expect(nextStep).toMatch(STEP);
  });

  it('says the same of trying again as the error that a program gets', () => {
    for (const [number, { retryable }] of Object.entries(AADSTS_ERRORS)) {
      const error = entraError(reply(400), { error: 'x', error_codes: [Number(number)] }, subject);
      expect(error.retryable, number).toBe(retryable);
    }
    expect(AADSTS_ERRORS[90033]?.retryable).toBe(true);
    expect(AADSTS_ERRORS[7000215]?.retryable).toBe(false);
  });

  it('has each number in one table only', () => {
    const tables = [PEOPLE, POLICIES, APPLICATIONS, FEDERATION, REQUESTS];
    const numbers = tables.flatMap((table) => Object.keys(table));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.length).toBe(Object.keys(AADSTS_ERRORS).length);
  });
});

describe('SIGN_IN_CASES', () => {
  it('names only numbers that are explained', () => {
    for (const { symptom, cause, nextStep, aadsts } of SIGN_IN_CASES) {
      for (const text of [symptom, cause, nextStep]) expect(text).toMatch(SENTENCE);
      for (const number of aadsts) expect(AADSTS_ERRORS[number], String(number)).toBeDefined();
    }
  });

  it('covers the cookies of the browser', () => {
    expect(SIGN_IN_CASES.find(({ aadsts }) => aadsts.includes(50058))?.cause).toContain('cookies');
  });
});
