import { AmlAuthError, redact } from '@aml-auth/core';

/** What a person needs to sign in on another device. */
export interface DeviceCodePrompt {
  /** The code to type in. */
  readonly userCode: string;
  /** The https page to open. */
  readonly verificationUri: string;
  /** One sentence that says so, from the service where it gave one. Safe to print. */
  readonly message: string;
  /** When the code ends, in milliseconds since the epoch. */
  readonly expiresOn: number;
  /** Shortest time between two questions whether the person is done, in milliseconds. */
  readonly intervalMs: number;
}

/** A started sign-in: the prompt, and the secret half of the code. */
export interface StartedDeviceCode {
  readonly prompt: DeviceCodePrompt;
  readonly deviceCode: string;
}

const USER_CODE = /^[\dA-Za-z-]{4,32}$/;
const DEVICE_CODE = /^[\x21-\x7e]{1,8192}$/;
const DEFAULT_INTERVAL_SECONDS = 5;
const MAX_SECONDS = 24 * 3600;
const MAX_MESSAGE = 1_000;

/**
 * Reads the reply of the device authorization endpoint (RFC 8628 section 3.2, with `message` of
 * Microsoft Entra ID). Numbers may be strings.
 *
 * @param now - when the reply came, in milliseconds since the epoch
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID` for anything else
 */
export function parseDeviceCode(body: unknown, now: number, from: string): StartedDeviceCode {
  const reply = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const userCode = reply['user_code'];
  if (typeof userCode !== 'string' || !USER_CODE.test(userCode)) throw invalid(from, 'user_code');
  const deviceCode = reply['device_code'];
  if (typeof deviceCode !== 'string' || !DEVICE_CODE.test(deviceCode)) throw invalid(from, 'device_code');
  const verificationUri = safePage(reply['verification_uri']);
  if (verificationUri === undefined) throw invalid(from, 'verification_uri');
  const lifetime = seconds(reply['expires_in']);
  if (lifetime === undefined) throw invalid(from, 'expires_in');
  const interval = seconds(reply['interval']) ?? DEFAULT_INTERVAL_SECONDS;
  const message =
    printable(reply['message']) || `To sign in, open ${verificationUri} and enter the code ${userCode}.`;
  const expiresOn = now + lifetime * 1000;
  return {
    prompt: { userCode, verificationUri, message, expiresOn, intervalMs: interval * 1000 },
    deviceCode,
  };
}

/** A person will open it: https, and no name that makes it look like another host's. */
function safePage(value: unknown): string | undefined {
  const url = typeof value === 'string' && value.length <= 2048 ? URL.parse(value) : null;
  return url?.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : undefined;
}

function printable(value: unknown): string {
  return typeof value === 'string' ? redact(value.slice(0, MAX_MESSAGE)).replace(/\s+/g, ' ').trim() : '';
}

function seconds(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && number >= 1 && number <= MAX_SECONDS ? number : undefined;
}

function invalid(from: string, field: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `${from} answered with something that is not a device code: ${field} is missing or malformed.`,
    remedy: 'Check that the authority host is right and that no proxy answers in its place.',
  });
}
