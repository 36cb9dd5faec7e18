import { isAmlAuthError } from '@aml-auth/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decidePoll } from '../../src/device-code/decide-poll.js';
import { parseDeviceCode } from '../../src/device-code/parse-device-code.js';

const FROM = 'https://login.example';
const REPLY = {
  user_code: 'ABCD-1234',
  device_code: 'secret',
  verification_uri: 'https://login.example/device',
  expires_in: 900,
  interval: 7,
  message: 'Open \u001b[31mthe page\nand enter ABCD-1234.',
};

it('reads the reply, with a message that is safe to print', () => {
  expect(parseDeviceCode(REPLY, 1_000, FROM)).toEqual({
    deviceCode: 'secret',
    prompt: {
      userCode: 'ABCD-1234',
      verificationUri: 'https://login.example/device',
      message: 'Open [31mthe page and enter ABCD-1234.',
      expiresOn: 901_000,
      intervalMs: 7_000,
    },
  });
});

it('has defaults for what RFC 8628 leaves out', () => {
  const { message: _message, interval: _interval, ...rest } = REPLY;
  const { prompt } = parseDeviceCode({ ...rest, expires_in: '900' }, 0, FROM);
  expect(prompt).toMatchObject({
    intervalMs: 5_000,
    message: 'To sign in, open https://login.example/device and enter the code ABCD-1234.',
  });
});

it.each([
  [{ user_code: '\u001b]0;x' }],
  [{ device_code: '' }],
  [{ verification_uri: 'http://login.example' }],
  [{ verification_uri: 'javascript:alert(1)' }],
  [{ verification_uri: 'https://login.example@evil.example' }],
  [{ expires_in: 0 }],
  [{ expires_in: Number.NaN }],
])('refuses %o', (change) => {
  expect(() => parseDeviceCode({ ...REPLY, ...change }, 0, FROM)).toThrow(
    expect.objectContaining({ code: 'AML_RESPONSE_INVALID' }),
  );
});

it('never crashes, whatever came', () => {
  const part = fc.record({ ...mapped(REPLY) }, { requiredKeys: [] });
  fc.assert(
    fc.property(fc.oneof(fc.anything(), part), (body) => {
      try {
        const { prompt } = parseDeviceCode(body, 0, FROM);
        return prompt.verificationUri.startsWith('https://') && prompt.expiresOn > 0 && prompt.intervalMs > 0;
      } catch (error) {
        return isAmlAuthError(error);
      }
    }),
  );
});

it('never polls faster than before', () => {
  const errors = fc.constantFrom(
    'authorization_pending',
    'slow_down',
    'expired_token',
    'access_denied',
    'other',
  );
  fc.assert(
    fc.property(errors, fc.integer({ min: 1, max: 1e6 }), (error, intervalMs) => {
      const decision = decidePoll(400, { error }, intervalMs);
      return (
        decision.then !== 'wait' || decision.intervalMs - intervalMs === (error === 'slow_down' ? 5_000 : 0)
      );
    }),
  );
  expect(decidePoll(400, { error: 'code_expired' }, 1)).toEqual({ then: 'expired' });
  expect(decidePoll(400, { error: 'access_denied' }, 1)).toEqual({ then: 'declined' });
  expect(decidePoll(503, undefined, 1)).toEqual({ then: 'fail' });
});

function mapped(reply: Record<string, unknown>): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(
    Object.entries(reply).map(([name, value]) => [name, fc.oneof(fc.constant(value), fc.anything())]),
  );
}
