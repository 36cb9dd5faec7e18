/** What an error body says, wherever it said it. */
export interface ArmErrorBody {
  readonly code?: string;
  readonly message?: string;
  /** `details[].message`, a few. */
  readonly details: readonly string[];
  /** Names of the policies that a `PolicyViolation` names. */
  readonly policies: readonly string[];
}

const MAX_MESSAGE = 1_000;
const MAX_ITEMS = 5;
const NOTHING: ArmErrorBody = { details: [], policies: [] };

/**
 * Reads the error body of Azure Resource Manager (`{error: {code, message, details, additionalInfo}}`),
 * the flat `{code, message}` of the Azure ML data plane, `odata.error`, OAuth's `error_description`, and
 * whatever gateways send. Never throws.
 */
export function readArmErrorBody(text: string): ArmErrorBody {
  const json = parseJson(text);
  if (!isRecord(json)) return readPlainText(text);
  const error = ['error', 'Error', 'odata.error'].map((name) => json[name]).find(isRecord) ?? json;
  const code = textOf(error['code']) ?? textOf(json['error']) ?? textOf(json['Code']);
  const message = messageOf(error) ?? textOf(json['error_description']) ?? messageOf(json);
  return {
    ...(code === undefined ? {} : { code: code.slice(0, 200) }),
    ...(message === undefined ? {} : { message: clean(message) }),
    details: list(error['details']).map(messageOf).filter(isText).slice(0, MAX_ITEMS).map(clean),
    policies: list(error['additionalInfo']).flatMap(policyOf).slice(0, MAX_ITEMS).map(clean),
  };
}

function readPlainText(text: string): ArmErrorBody {
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(text)) {
    const title = /<title[^>]{0,100}>([^<]{1,200})/i.exec(text)?.[1]?.trim();
    return {
      ...NOTHING,
      message: title === undefined ? 'an HTML page' : `an HTML page titled "${clean(title)}"`,
    };
  }
  const shown = clean(text.trim()).slice(0, 200);
  return shown === '' ? NOTHING : { ...NOTHING, message: shown };
}

/** Some services put the JSON of the error into a JSON string. */
function parseJson(text: string): unknown {
  let value: unknown = text.replace(/^\ufeff/, '');
  for (let depth = 0; depth < 2 && typeof value === 'string'; depth += 1) {
    try {
      value = JSON.parse(value) as unknown;
    } catch {
      return undefined;
    }
  }
  return value;
}

/** OData has `message: {lang, value}`. */
function messageOf(error: Record<string, unknown>): string | undefined {
  const message = error['message'] ?? error['Message'];
  return textOf(isRecord(message) ? message['value'] : message);
}

function policyOf(info: Record<string, unknown>): string[] {
  const facts = info['info'];
  if (info['type'] !== 'PolicyViolation' || !isRecord(facts)) return [];
  const name = ['policyAssignmentDisplayName', 'policyDefinitionDisplayName', 'policyAssignmentId']
    .map((field) => facts[field])
    .find(isText);
  return name === undefined ? [] : [name];
}

/** A claims challenge belongs to the next sign-in, not into a text that people paste. */
function clean(text: string): string {
  return text
    .slice(0, MAX_MESSAGE)
    .replace(/\bclaims(["']?\s*[:=]\s*)("[^"]*"?|'[^']*'?|[^\s,]+)/gi, 'claims$1[left out]')
    .replace(/\s+/g, ' ');
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.slice(0, 50).filter(isRecord) : [];
}

function textOf(value: unknown): string | undefined {
  return isText(value) ? value : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
