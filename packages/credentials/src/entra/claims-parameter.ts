import { AmlAuthError } from '@aml-auth/core';

/**
 * The `claims` parameter of a request: the challenge, with the client capability `cp1` where Continuous
 * Access Evaluation is declared; undefined where there is neither.
 * See [claims challenges](https://learn.microsoft.com/entra/identity-platform/claims-challenge).
 *
 * @param challenge - JSON, or an empty string
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where the challenge is not a JSON object
 */
export function claimsParameter(challenge: string, enableCae: boolean): string | undefined {
  const claims = challenge === '' ? {} : objectIn(challenge);
  if (!enableCae) return challenge === '' ? undefined : challenge;
  const forToken = claims['access_token'];
  const accessToken = isRecord(forToken) ? forToken : {};
  return JSON.stringify({ ...claims, access_token: { ...accessToken, xms_cc: { values: ['cp1'] } } });
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Falls through to the error.
  }
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: 'claims is not a JSON object.',
    remedy: 'Give the claims challenge of the service, decoded from base64.',
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
