import { manualClock } from '@aml-auth/core/testing';
import { createExternalIssuer } from '@aml-auth/emulator';
import { beforeEach, describe, expect, test } from 'vitest';

import { AADSTS } from '../../src/entra/aadsts.js';
import { aadstsSeed, ISSUER } from '../support/aadsts-seed.js';
import { SITUATIONS } from '../support/aadsts-situations.js';
import { TABLE, type TableRow } from '../support/aadsts-table.js';
import { withEmulator } from '../support/with-emulator.js';

const NOW = Date.UTC(2026, 10, 22, 9);
const issuer = await createExternalIssuer({ issuer: ISSUER, clock: manualClock(NOW) });

const emulated = withEmulator({ clock: manualClock(NOW), seed: aadstsSeed(issuer) });
beforeEach(() => {
  emulated().clock.set(NOW);
});

interface Body {
  readonly error: string;
  readonly error_description: string;
  readonly error_codes: readonly number[];
  readonly error_uri?: string;
  readonly suberror?: string;
  readonly timestamp: string;
  readonly trace_id: string;
  readonly correlation_id: string;
}

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

const reached = TABLE.filter(({ code }) => code in SITUATIONS);

async function expectPage(response: Response, { code, status }: TableRow): Promise<void> {
  expect(response.status).toBe(status);
  expect(response.headers.get('x-ms-error-code')).toBe(`AADSTS${code}`);
  expect(response.headers.get('content-type')).toContain('text/html');
  expect(response.headers.has('location')).toBe(false);
  expect(await response.text()).toContain(`AADSTS${code}: `);
}

function expectRedirect(response: Response, { error, text }: TableRow): void {
  const { searchParams } = new URL(response.headers.get('location')!);
  expect(searchParams.get('error')).toBe(error);
  expect(searchParams.get('error_description')).toMatch(text);
}

describe('the situation of each error leads to it', () => {
  test.each<[number, TableRow]>(reached.map((row) => [row.code, row]))('AADSTS%i', async (code, row) => {
    const response = await SITUATIONS[code]!({ emulator: emulated(), clock: emulated().clock, issuer });
    if (row.on === 'page') return expectPage(response, row);
    if (row.on === 'redirect') {
      expectRedirect(response, row);
      return;
    }
    const body = (await response.json()) as Body;
    expect(body.error_codes).toEqual([code]);
    expect({ error: body.error, status: response.status, suberror: body.suberror }).toEqual({
      error: row.error,
      status: row.status,
      suberror: row.suberror,
    });
    expect(body.error_description).toMatch(row.text);
    const { trace_id: trace, correlation_id: correlation, timestamp } = body;
    expect(
      body.error_description.endsWith(
        ` Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      ),
    ).toBe(true);
    expect(trace).toMatch(GUID);
    expect(correlation).toMatch(GUID);
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
    const uri = row.uri === false ? undefined : `${emulated().origin}/error?code=${code}`;
    expect(body.error_uri).toBe(uri);
  });
});

test('what has no situation here is for faults only', () => {
  const unreached = TABLE.filter(({ code }) => !(code in SITUATIONS)).map(({ code }) => code);
  expect(unreached).toEqual([70021, 90033, 90006]);
});

test.each(TABLE.map(({ code }) => code))('the error page explains AADSTS%i', async (code) => {
  const response = await emulated().fetch(`${emulated().origin}/error?code=${code}`);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain(`AADSTS${code}`);
});

test.each(TABLE.map((row): [number, TableRow] => [row.code, row]))(
  'the data of AADSTS%i are those of the table',
  (code, row) => {
    const { error, status, suberror } = AADSTS[code]!;
    expect({ error, status, suberror }).toEqual({
      error: row.error,
      status: row.status,
      suberror: row.suberror,
    });
  },
);
