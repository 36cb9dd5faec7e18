import { AmlAuthError, type StoredToken } from '@aml-auth/core';

const TOKEN = /^[\x21-\x7e]{1,524288}$/;

/**
 * Reads the output of `az account get-access-token --output json`. Text before the JSON is passed
 * over: extensions print warnings there. `expires_on` (seconds since the epoch, Azure CLI 2.54 and
 * later) is preferred; `expiresOn` of older versions is local time, and an hour off when the clocks change.
 *
 * @param now - wall time in milliseconds since the epoch
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID`
 */
export function parseAzToken(stdout: string, now: number): StoredToken {
  const reply = jsonIn(stdout);
  const token = reply?.['accessToken'];
  if (reply === undefined || typeof token !== 'string' || !TOKEN.test(token))
    throw invalid('it holds no accessToken');
  const expiresOnTimestamp = expiryOf(reply);
  if (Number.isNaN(expiresOnTimestamp) || expiresOnTimestamp <= now)
    throw invalid('its token has no future expiry');
  return { token, expiresOnTimestamp };
}

function expiryOf(reply: Record<string, unknown>): number {
  const seconds = Number(reply['expires_on']);
  if (Number.isFinite(seconds) && seconds > 0) return seconds * 1000;
  const local = reply['expiresOn'];
  return typeof local === 'string' ? new Date(local.replace(' ', 'T')).getTime() : Number.NaN;
}

function jsonIn(stdout: string): Record<string, unknown> | undefined {
  const start = /^\s*\{/m.exec(stdout)?.index ?? -1;
  if (start === -1) return undefined;
  try {
    const value: unknown = JSON.parse(stdout.slice(start));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function invalid(problem: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `The output of the Azure CLI cannot be used: ${problem}.`,
    remedy:
      'Run "az account get-access-token --output json" to see what it prints, and update the Azure CLI.',
  });
}
