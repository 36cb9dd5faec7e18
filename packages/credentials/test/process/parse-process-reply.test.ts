import { isAmlAuthError } from '@aml-auth/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProcessReply } from '../../src/process/parse-process-reply.js';

const NOW = Date.UTC(2026, 0, 1);
const read = (stdout: unknown, exitCode: number | string = 0) => {
  const text = typeof stdout === 'string' ? stdout : JSON.stringify(stdout);
  return parseProcessReply({ exitCode, stdout: text, stderr: 'Secret-on-stderr' }, '/opt/tokens', NOW);
};
const failure = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe('parseProcessReply', () => {
  it.each([
    [{ expiresOn: '2026-01-01T01:00:00Z' }],
    [{ expiresOn: '2026-01-01T03:00:00+02:00' }],
    [{ expiresIn: 3600 }],
    [{ expiresIn: 3600, tokenType: 'bearer', more: 'is ignored' }],
  ])('reads a token with %j', (more) => {
    expect(read({ version: 1, token: 'abc.def', ...more })).toEqual({
      token: 'abc.def',
      expiresOnTimestamp: NOW + 3_600_000,
    });
  });

  it('passes over a byte-order mark', () => {
    expect(read(`\ufeff${JSON.stringify({ version: 1, token: 'a', expiresIn: 60 })}`).token).toBe('a');
  });

  it.each([
    ['notApplicable', 'AML_NOT_CONFIGURED', 'skip'],
    ['rejected', 'AML_CREDENTIAL_REJECTED', 'stop'],
    ['interactionRequired', 'AML_INTERACTION_REQUIRED', 'stop'],
    ['temporary', 'AML_SERVICE_UNAVAILABLE', 'stop'],
  ])('makes %s to %s', (code, expected, disposition) => {
    for (const exitCode of [0, 1]) {
      const reply = { version: 1, error: { code, message: 'Vault \u001b[31msealed.' } };
      expect(failure(() => read(reply, exitCode))).toMatchObject({
        code: expected,
        disposition,
        message: 'The credential process /opt/tokens gave no token: Vault [31msealed.',
      });
    }
  });

  const token = { version: 1, token: 'a', expiresIn: 60 };
  it.each([
    ['nothing', '', 0],
    ['no JSON', 'token: abc', 0],
    ['a list', '[]', 0],
    ['no version', { token: 'a', expiresIn: 60 }, 0],
    ['a version of the future', { ...token, version: 2 }, 0],
    ['a version as text', { ...token, version: '1' }, 0],
    ['no token', { version: 1, expiresIn: 60 }, 0],
    ['a token with a line end', { ...token, token: 'a\r\nb' }, 0],
    ['a token outside ASCII', { ...token, token: 'ä' }, 0],
    ['another token type', { ...token, tokenType: 'pop' }, 0],
    ['no expiry', { version: 1, token: 'a' }, 0],
    ['two expiries', { ...token, expiresOn: '2026-01-01T01:00:00Z' }, 0],
    ['a local time', { version: 1, token: 'a', expiresOn: '2026-01-01T01:00:00' }, 0],
    ['a time that is over', { version: 1, token: 'a', expiresOn: '2025-12-31T23:59:59Z' }, 0],
    ['a month that does not exist', { version: 1, token: 'a', expiresOn: '2026-13-01T00:00:00Z' }, 0],
    ['an expiry in ten years', { version: 1, token: 'a', expiresOn: '2036-01-01T00:00:00Z' }, 0],
    ['a lifetime of zero', { ...token, expiresIn: 0 }, 0],
    ['an error without a code', { version: 1, error: 'broken' }, 0],
    ['an error of an unknown code', { version: 1, error: { code: 'toString' } }, 1],
    ['a token and a failure', token, 1],
    ['nothing and a signal', '', 'SIGSEGV'],
    ['too much', '', 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER'],
  ])('refuses %s', (_what, stdout, exitCode) => {
    const error = failure(() => read(stdout, exitCode));
    expect(error).toMatchObject({ code: 'AML_RESPONSE_INVALID' });
    expect(JSON.stringify(error)).not.toContain('Secret-on-stderr');
  });

  it('has a typed error for whatever else is printed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((v) => JSON.stringify({ version: 1, ...(v as object) })),
        ),
        (text) => {
          const outcome = failure(() => read(text));
          return isAmlAuthError(outcome) || (outcome as { token?: unknown }).token !== undefined;
        },
      ),
    );
  });
});
