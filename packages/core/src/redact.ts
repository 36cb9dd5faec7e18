/** Longest text that {@link redact} lets through, in UTF-16 code units. */
const MAX_LENGTH = 8192;

const SECRET_NAMES = [
  'access_token',
  'assertion',
  'client_assertion',
  'client_secret',
  'clientSecret',
  'code_verifier',
  'device_code',
  'id_token',
  'password',
  'refresh_token',
  'secret',
  'secretText',
  'sig',
].join('|');

const NAMED_VALUE = new RegExp(`(["']?\\b(?:${SECRET_NAMES})["']?\\s*[:=]\\s*["']?)([^\\s"'&,}]+)`, 'gi');
// `code` names error codes in JSON and texts; in a query or form it is an authorization code.
const AUTHORIZATION_CODE = /\b(code=)[^\s"'&,}]+/gi;
const JWT = /\beyJ[\w-]{4,}\.[\w-]*(?:\.[\w-]*)?/g;
const AUTHORIZATION = /\b(bearer|basic|pop)\s+[\w\-.~+/]{8,}=*/gi;
const USER_INFO = /(\b[a-z][a-z\d+.-]{1,20}:\/\/)[^\s/?#@]*@/gi;
// Control characters (terminal escapes among them) and marks that reorder text on the screen.
// eslint-disable-next-line no-control-regex -- taking control characters out is the purpose
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/**
 * The text without tokens, secrets, credentials in URLs, and characters that could take over a
 * terminal; at most 8,192 characters. Meant for texts from outside (service replies, exceptions)
 * on their way into an error or a log. It is a net below code that does not put secrets into
 * texts in the first place.
 */
export function redact(text: string): string {
  return text
    .slice(0, MAX_LENGTH)
    .replace(UNPRINTABLE, '')
    .replace(JWT, '[token]')
    .replace(AUTHORIZATION, '$1 [redacted]')
    .replace(NAMED_VALUE, '$1[redacted]')
    .replace(AUTHORIZATION_CODE, '$1[redacted]')
    .replace(USER_INFO, '$1[redacted]@');
}
