/** A refusal of Azure Resource Manager, taken apart. */
export interface AccessError {
  /**
   * `authorizationFailed` – no role grants it; `conditionNotMet` – the same, where a condition may be why;
   * `linkedAuthorizationFailed` – the request itself is granted, what it refers to is not;
   * `denied` – a deny assignment is in the way.
   */
  readonly kind: 'authorizationFailed' | 'conditionNotMet' | 'linkedAuthorizationFailed' | 'denied';
  /** The code of the reply, in its spelling. */
  readonly code: string;
  /** User principal name, or application id; undefined where the text has none. */
  readonly client: string | undefined;
  /** Object id. */
  readonly principalId: string;
  /** What is missing. */
  readonly action: string;
  /** Where it is missing: one scope, or every linked one. */
  readonly scopes: readonly string[];
  /** For `linkedAuthorizationFailed`: what the principal may do. */
  readonly held?: { readonly action: string; readonly scope: string } | undefined;
}

/** An error as it comes: its code and message, the body of the reply, or the text that a program printed. */
export type AccessErrorInput = string | AccessErrorBody;

/** Code and message: an `AmlAuthError`, bare, or inside `error` as Azure Resource Manager sends them. */
export interface AccessErrorBody {
  /** As an `AmlAuthError` has it beside a code of its own; comes before `code`. */
  readonly armCode?: string | undefined;
  /** The code of Azure Resource Manager, such as `AuthorizationFailed`. */
  readonly code?: string | undefined;
  /** The text, from which the quoted principal, operation and scope are taken. */
  readonly message?: string | undefined;
  /** Code and message as a reply's body wraps them; what stands beside it is then not looked at. */
  readonly error?: { readonly code?: string | undefined; readonly message?: string | undefined } | undefined;
}

type Kind = AccessError['kind'];

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['authorizationfailed', 'authorizationFailed'],
  ['linkedauthorizationfailed', 'linkedAuthorizationFailed'],
  ['denyassignmentauthorizationfailed', 'denied'],
]);

/** Texts are longer than this nowhere, and patterns need not run over what is no message. */
const MAX_LENGTH = 20_000;
const PRINTED = /\((\w{1,100})\) (.*)/s;
const LABELLED = /^Code: (\w{1,100})\s+Message: (.*)/ms;
const LINKED = /perform action '([^']+)' on the linked scope\(s\)\s*'([^']*)'/;

/**
 * Reads a refusal. The code alone says what it is; Azure rewords messages without notice, so that only
 * the quoted parts are taken from the text. The variant of a condition has no code of its own, and is told
 * by its text. Undefined for any other error, and where principal, operation or scope are missing.
 */
export function parseAccessError(input: AccessErrorInput): AccessError | undefined {
  const body = typeof input === 'string' ? fromText(input) : bodyOf(input);
  // What was caught may be anything: other errors have numbers for codes.
  const [code = ''] = [body.armCode, body.code].filter(isText);
  const message = isText(body.message) ? body.message : '';
  const kind = KINDS.get(code.toLowerCase());
  if (kind === undefined || message.length > MAX_LENGTH) return undefined;
  const principalId = /object id '([^']+)'/.exec(message)?.[1];
  const action = /perform action '([^']+)'/.exec(message)?.[1];
  const scope = /(?:over|on) scope '([^']+)'/.exec(message)?.[1];
  if (principalId === undefined || action === undefined || scope === undefined) return undefined;
  const common = { code, client: /client '(.*?)' with object id/s.exec(message)?.[1], principalId };
  if (kind !== 'linkedAuthorizationFailed') {
    const isConditional = kind === 'authorizationFailed' && /ABAC condition/i.test(message);
    return { ...common, kind: isConditional ? 'conditionNotMet' : kind, action, scopes: [scope] };
  }
  const [, missing, linked = ''] = LINKED.exec(message) ?? [];
  const scopes = linked
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (missing === undefined || scopes.length === 0) return undefined;
  return { ...common, kind, action: missing, scopes, held: { action, scope } };
}

function bodyOf(body: AccessErrorBody | null | undefined): AccessErrorBody {
  return body?.error ?? body ?? {};
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** JSON, or what Azure CLI prints: `(Code) message`, `Code: …` and `Message: …`. */
function fromText(text: string): AccessErrorBody {
  const bounded = text.slice(0, MAX_LENGTH).trim();
  const start = bounded.indexOf('{');
  if (start !== -1) {
    const body = fromJson(bounded.slice(start));
    if (body !== undefined) return body;
  }
  const [, code, message] = LABELLED.exec(bounded) ?? PRINTED.exec(bounded) ?? [];
  return { code, message };
}

function fromJson(text: string): AccessErrorBody | undefined {
  try {
    const { code, message } = bodyOf(JSON.parse(text) as AccessErrorBody);
    return isText(code) && isText(message) ? { code, message } : undefined;
  } catch {
    return undefined;
  }
}
