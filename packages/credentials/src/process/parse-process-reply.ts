import { AmlAuthError, type AmlAuthErrorCode, type StoredToken } from '@aml-auth/core';
import { TOO_MUCH_OUTPUT, type ProgramOutcome } from '../lib/run-program.js';

const TOKEN = /^[\x21-\x7e]{1,524288}$/;
/** RFC 3339 with a time zone: a local time would be read differently on each machine. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/i;
const MAX_LIFETIME_MS = 7 * 24 * 3_600_000;
const MAX_MESSAGE = 600;

/** What each documented error of the protocol means for the caller. */
const ERRORS: Readonly<Record<string, AmlAuthErrorCode>> = {
  notApplicable: 'AML_NOT_CONFIGURED',
  rejected: 'AML_CREDENTIAL_REJECTED',
  interactionRequired: 'AML_INTERACTION_REQUIRED',
  temporary: 'AML_SERVICE_UNAVAILABLE',
};

/**
 * Reads what a credential process printed, by version 1 of the protocol: one JSON object with `version`, and
 * either `token` with `expiresOn` (RFC 3339) or `expiresIn` (seconds), or `error` with `code` and `message`.
 *
 * @param program - for texts
 * @param now - wall time in milliseconds since the epoch
 * @throws {AmlAuthError} the error that the program names; `AML_RESPONSE_INVALID` for anything else
 */
export function parseProcessReply(
  { exitCode, stdout }: ProgramOutcome,
  program: string,
  now: number,
): StoredToken {
  if (exitCode === TOO_MUCH_OUTPUT) throw invalid(program, 'wrote more than a token needs, and was ended');
  const reply = objectIn(stdout);
  if (reply?.['version'] !== 1) {
    const end = exitCode === 0 ? '' : `ended with exit code ${exitCode}, and `;
    throw invalid(program, `${end}did not print a JSON object with "version": 1`);
  }
  const refusal = errorOf(reply['error'], program);
  if (refusal !== undefined) throw refusal;
  if (exitCode !== 0) throw invalid(program, `ended with exit code ${exitCode}, and named no error`);
  const { token, tokenType = 'Bearer' } = reply;
  if (typeof token !== 'string' || !TOKEN.test(token)) throw invalid(program, 'printed no usable "token"');
  if (typeof tokenType !== 'string' || tokenType.toLowerCase() !== 'bearer') {
    throw invalid(program, 'printed a "tokenType" that is not Bearer');
  }
  const expiresOnTimestamp = expiryOf(reply, now);
  if (!(expiresOnTimestamp > now && expiresOnTimestamp <= now + MAX_LIFETIME_MS)) {
    throw invalid(
      program,
      'printed neither a future "expiresOn" with a time zone nor "expiresIn" in seconds',
    );
  }
  return { token, expiresOnTimestamp };
}

function objectIn(stdout: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(stdout.replace(/^\ufeff/, ''));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function expiryOf({ expiresOn, expiresIn }: Record<string, unknown>, now: number): number {
  if (expiresOn !== undefined && expiresIn !== undefined) return Number.NaN;
  if (typeof expiresOn === 'string' && TIME.test(expiresOn)) return Date.parse(expiresOn);
  return typeof expiresIn === 'number' ? now + expiresIn * 1000 : Number.NaN;
}

function errorOf(value: unknown, program: string): AmlAuthError | undefined {
  if (value === undefined || value === null) return undefined;
  const { code, message } = value as { code?: unknown; message?: unknown };
  const known = typeof code === 'string' && Object.hasOwn(ERRORS, code) ? ERRORS[code] : undefined;
  if (known === undefined) return invalid(program, 'printed an "error" without a known "code"');
  const said =
    typeof message === 'string' && message !== '' ? message.slice(0, MAX_MESSAGE) : 'it did not say why.';
  return new AmlAuthError({
    code: known,
    message: `The credential process ${program} gave no token: ${said}`,
    remedy: 'Run it by hand, with AML_AUTH_SCOPES set, to see more.',
  });
}

function invalid(program: string, problem: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `The credential process ${program} ${problem}.`,
    remedy: 'Run it by hand, with AML_AUTH_SCOPES set, and compare with the protocol in the documentation.',
  });
}
