import { AmlAuthError, retryAfterMs, type StoredToken } from '@aml-auth/core';
import type { IncomingReply } from '../lib/http/sender.js';

const TOKEN = /^[\x21-\x7e]{1,524288}$/;
/** Above this, times are milliseconds: as seconds it is the year 5138. */
const MILLISECONDS_FROM = 100_000_000_000;
/** Above this, times are microseconds, which no source sends. */
const NONSENSE_FROM = 100_000_000_000_000;
/** No token lives longer than about a day; a week is surely a mistake. */
const MAX_LIFETIME_SECONDS = 7 * 24 * 3600;
const HALF_LIFE_FROM_MS = 2 * 3_600_000;

/**
 * Reads what a managed-identity endpoint answered. The sources differ: `expires_on` is a number, a
 * number in a string, or a date; some give `expires_in` or `expiresOn`. A token of more than two hours is
 * to be refreshed at half of its life, as the platform's own clients do.
 *
 * @param from - the source's name, for errors
 * @param now - wall time in milliseconds since the epoch
 * @param skewMs - how far the clock of the service is ahead: an instant that it names comes earlier here by that
 * @throws {AmlAuthError} `AML_CREDENTIAL_REJECTED`, `AML_THROTTLED`, `AML_SERVICE_UNAVAILABLE`, `AML_RESPONSE_INVALID`
 */
export function parseIdentityReply(reply: IncomingReply, from: string, now: number, skewMs = 0): StoredToken {
  const body = objectIn(reply.text);
  if (reply.status !== 200) throw refusal(reply, body, from, now);
  const token = body['access_token'] ?? body['token'];
  const expiresOnTimestamp = expiryOf(body, now, skewMs);
  if (typeof token !== 'string' || !TOKEN.test(token) || Number.isNaN(expiresOnTimestamp)) {
    throw new AmlAuthError({
      code: 'AML_RESPONSE_INVALID',
      message: `${from} answered with something that is not a token reply.`,
      remedy: 'Check what listens at the identity endpoint.',
    });
  }
  const lifetime = expiresOnTimestamp - now;
  return {
    token,
    expiresOnTimestamp,
    ...(lifetime > HALF_LIFE_FROM_MS ? { refreshAfterTimestamp: now + lifetime / 2 } : {}),
  };
}

function expiryOf(body: Record<string, unknown>, now: number, skewMs: number): number {
  const on = body['expires_on'] ?? body['expiresOn'];
  if (on !== undefined && on !== null && on !== '') return instant(on) - skewMs;
  const lifetime = numberIn(body['expires_in']);
  return lifetime > 0 && lifetime <= MAX_LIFETIME_SECONDS ? now + lifetime * 1000 : Number.NaN;
}

function instant(value: unknown): number {
  const number = numberIn(value);
  if (Number.isNaN(number)) {
    // Dates come in several forms; without a year, the parser of the language would make one up.
    return typeof value === 'string' && /\d{4}/.test(value) ? Date.parse(value) : Number.NaN;
  }
  if (number <= 0 || number >= NONSENSE_FROM) return Number.NaN;
  return number < MILLISECONDS_FROM ? number * 1000 : number;
}

/** A number, or digits in a text; NaN for anything else. */
function numberIn(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{1,20}(\.\d{1,9})?$/.test(value) ? Number(value) : Number.NaN;
}

function refusal(
  reply: IncomingReply,
  body: Record<string, unknown>,
  from: string,
  now: number,
): AmlAuthError {
  const { status, headers } = reply;
  const temporary =
    status === 429
      ? 'AML_THROTTLED'
      : status >= 500 || status === 410
        ? 'AML_SERVICE_UNAVAILABLE'
        : undefined;
  return new AmlAuthError({
    code: temporary ?? 'AML_CREDENTIAL_REJECTED',
    message: `${from} gave no token (status ${status}): ${textOf(body) ?? 'no reason given'}`,
    remedy:
      temporary === undefined
        ? 'Check that the managed identity is assigned to this resource, and that the client id is right.'
        : 'Try again later.',
    status,
    retryAfterMs: retryAfterMs(headers, now),
    correlation: typeof body['correlationId'] === 'string' ? { correlationId: body['correlationId'] } : {},
  });
}

/** The endpoints have three forms of error. */
function textOf(body: Record<string, unknown>): string | undefined {
  const { error, error_description: description, message } = body;
  const nested =
    typeof error === 'object' && error !== null ? (error as { message?: unknown }).message : error;
  const text = [description, message, nested].find((part) => typeof part === 'string' && part !== '');
  return typeof text === 'string' ? text.replace(/\s+/g, ' ').slice(0, 400) : undefined;
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return { message: text };
  }
}
