import { redact } from '@aml-auth/core';

const REDACTED = '[redacted]';

const SECRET_FIELDS = new Set([
  'code',
  // Ties the forms of a sign-in together.
  'ctx',
  'device_code',
  'id_token_hint',
  'sig',
]);
/** Fields that may be secret by their names: `client_secret`, `new_password`, `refresh_token` and so on. */
const SECRET_FIELD = /(?:secret|password|assertion|verifier|(?<!skip)token)$/i;

/** Headers that hold nothing but a secret. */
const SECRET_HEADERS = new Set(['cookie', 'set-cookie', 'x-identity-header', 'proxy-authorization']);
/** Headers that may, by their names: `secret`, `api-key`, `x-access-token` and so on. */
const SECRET_HEADER = /(?:secret|password|token|key)$/i;

/** Names of JSON members whose texts are secrets: passwords, keys and tokens of all kinds. */
const SECRET_MEMBER =
  /(?:secret|secrettext|password|token|key|keys|keyvalue|certificate|customdata|kubeconfig|connectionstring|assertion|verifier|device_?code|sig|^pat|^sas)$/i;

/** Names of JSON members in which every text is secret, but for those that only describe it. */
const SECRET_CONTAINER = /^(?:credentials|secrets|passwords|administratorAccount|protectedSettings)$/i;
const DESCRIPTION = /^(?:name|username|location|\w+type|\w+id|\w+ur[il])$/i;

/** The fields with `[redacted]` in place of secrets. */
export function redactFields(fields: URLSearchParams): URLSearchParams {
  return new URLSearchParams(
    [...fields].map(([name, value]): [string, string] => [
      name,
      isSecretField(name) && value !== '' ? REDACTED : value,
    ]),
  );
}

function isSecretField(name: string): boolean {
  return SECRET_FIELDS.has(name.toLowerCase()) || SECRET_FIELD.test(name);
}

/** A header without a secret. Links keep what is no secret in their query and fragment. */
export function redactHeader(name: string, value: string): string {
  if (SECRET_HEADERS.has(name) || SECRET_HEADER.test(name)) return REDACTED;
  if (name === 'authorization') return `${value.split(' ', 1)[0] ?? ''} ${REDACTED}`;
  if (name === 'location' || name === 'referer') return redactLink(value);
  return redact(value);
}

/** A link without secrets in its query and fragment. */
export function redactLink(link: string): string {
  return link.replaceAll(/([?#])([^?#]*)/g, (_, mark: string, fields: string) => {
    return mark + redactFields(new URLSearchParams(fields)).toString();
  });
}

/** JSON text without secrets; undefined where it is no JSON. */
export function redactJson(text: string): string | undefined {
  try {
    return JSON.stringify(redactMember('', JSON.parse(text)));
  } catch {
    return undefined;
  }
}

function redactMember(name: string, value: unknown, isInSecret = false): unknown {
  if (typeof value === 'string') {
    const isSecret = SECRET_MEMBER.test(name) || (isInSecret && !DESCRIPTION.test(name));
    return isSecret && value !== '' ? REDACTED : redact(value);
  }
  if (Array.isArray(value)) return value.map((entry) => redactMember(name, entry, isInSecret));
  if (typeof value !== 'object' || value === null) return value;
  const isSecret = isInSecret || SECRET_CONTAINER.test(name);
  // The one text in which connections of older versions have their secret.
  const hasSecretValue = 'authType' in value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      redactMember(key, member, isSecret || (hasSecretValue && key === 'value')),
    ]),
  );
}
