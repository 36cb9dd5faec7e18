import type { Emulator } from '@aml-auth/emulator';

/** The default api-versions of the tests. */
const VERSIONS = {
  authorization: '2022-04-01',
  machineLearning: '2024-10-01',
  managedIdentity: '2023-01-31',
  management: '2020-05-01',
  schedules: '2020-10-01',
  resources: '2022-12-01',
};

/** POSTs a form to the token endpoint. */
export function postToken(
  emulator: Emulator,
  fields: Record<string, string>,
  options: { tenant?: string; path?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  const { tenant = emulator.tenant().id, path = 'oauth2/v2.0/token', headers = {} } = options;
  return emulator.fetch(`${emulator.origin}/${tenant}/${path}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
  });
}

/** The form with which an application asks for a token of Azure Resource Manager. */
export function secretForm(emulator: Emulator, app: string): Record<string, string> {
  const { clientId, secret = '' } = emulator.app(app);
  return {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret,
    scope: 'https://management.azure.com/.default',
  };
}

/** An access token of an application, by default for Azure Resource Manager. */
export async function tokenOf(emulator: Emulator, app: string, scope?: string): Promise<string> {
  const form = { ...secretForm(emulator, app), ...(scope === undefined ? {} : { scope }) };
  const { tenantId } = emulator.app(app);
  const response = await postToken(emulator, form, { tenant: tenantId });
  const body = (await response.json()) as { access_token?: string };
  if (body.access_token === undefined) throw new Error(`No token: ${JSON.stringify(body)}`);
  return body.access_token;
}

/** The fields of all kinds of answers; each test knows which of them its answer has. */
export interface ArmBody {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly value: readonly ArmBody[];
  readonly nextLink: string | undefined;
  readonly notActions: readonly string[];
  readonly error: { readonly code: string; readonly message: string };
  readonly identity: {
    readonly type: string;
    readonly principalId: string;
    readonly userAssignedIdentities: Readonly<Record<string, unknown>>;
  };
  readonly properties: {
    readonly scope: string;
    readonly roleDefinitionId: string;
    readonly principalType: string;
    readonly description: string;
  };
}

/** What Azure Resource Manager answered. */
export interface ArmAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ArmBody;
  /** `error.code` of a refusal. */
  readonly code: string | undefined;
}

/** Calls Azure Resource Manager as an application; the api-version is added where the path names none. */
export async function callArm(
  emulator: Emulator,
  app: string,
  path: string,
  init: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<ArmAnswer> {
  const url = new URL(path.startsWith('http') ? path : `${emulator.origin}${path}`);
  if (!url.searchParams.has('api-version')) url.searchParams.set('api-version', versionOf(url.pathname));
  const response = await emulator.fetch(url, {
    method: init.method ?? 'GET',
    headers: { authorization: `Bearer ${await tokenOf(emulator, app)}`, ...init.headers },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  const text = await response.text();
  const body = (text === '' ? undefined : JSON.parse(text)) as ArmBody;
  const code = (body as Partial<ArmBody> | undefined)?.error?.code;
  return { status: response.status, headers: response.headers, body, code };
}

/**
 * Calls Azure Resource Manager and follows a long-running operation to its end, as clients do. Nothing
 * waits: the clock of the emulator must have come to the end, or operations take no time.
 */
export async function callArmToEnd(
  emulator: Emulator,
  app: string,
  path: string,
  init: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<ArmAnswer> {
  const first = await callArm(emulator, app, path, init);
  const url = first.headers.get('azure-asyncoperation') ?? first.headers.get('location');
  return url === null || first.status >= 400 ? first : callArm(emulator, app, url);
}

function versionOf(path: string): string {
  if (/Schedule(Instance)?s/.test(path)) return VERSIONS.schedules;
  if (/Microsoft\.Authorization/i.test(path)) return VERSIONS.authorization;
  if (/Microsoft\.Management\//i.test(path)) return VERSIONS.management;
  if (/Microsoft\.ManagedIdentity/i.test(path)) return VERSIONS.managedIdentity;
  return /Microsoft\.MachineLearning/i.test(path) ? VERSIONS.machineLearning : VERSIONS.resources;
}
