import type { Emulator } from '@aml-auth/emulator';

import { postToken, tokenOf } from './emulated.js';
import { AZURE_CLI } from './user-flows.js';

/** The scope of Microsoft Graph. */
export const GRAPH_SCOPE = 'https://graph.microsoft.com/.default';

/** The fields of all kinds of answers; each test knows which of them its answer has. */
export interface GraphBody {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly keyId: string;
  readonly secretText: string;
  readonly value: readonly GraphBody[];
  readonly passwordCredentials: readonly GraphBody[];
  readonly keyCredentials: readonly GraphBody[];
  readonly '@odata.nextLink': string | undefined;
  readonly error: { readonly code: string; readonly message: string };
}

/** What Microsoft Graph answered. */
export interface GraphAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: GraphBody;
  /** `error.code` of a refusal. */
  readonly code: string | undefined;
}

/** Calls Microsoft Graph with a token, or as an application by its name. */
export async function callGraph(
  emulator: Emulator,
  caller: string,
  path: string,
  init: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<GraphAnswer> {
  const token = caller.startsWith('eyJ') ? caller : await tokenOf(emulator, caller, GRAPH_SCOPE);
  const url = path.startsWith('https:') ? path : `${emulator.origin}/graph/v1.0${path}`;
  const response = await emulator.fetch(url, {
    method: init.method ?? 'GET',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  const text = await response.text();
  const body = (text === '' ? undefined : JSON.parse(text)) as GraphBody;
  const code = (body as Partial<GraphBody> | undefined)?.error?.code;
  return { status: response.status, headers: response.headers, body, code };
}

/** The display names in a list. */
export function namesIn({ body }: GraphAnswer): readonly string[] {
  return body.value.map(({ displayName }) => displayName);
}

/** An access token of a user for Microsoft Graph, through Azure CLI, which may do what the user may. */
export async function userToken(emulator: Emulator, upn: string, password: string): Promise<string> {
  const { id: tenant } = emulator.tenant();
  const fields = {
    grant_type: 'password',
    client_id: AZURE_CLI,
    username: emulator.user(upn).name,
    password,
    scope: GRAPH_SCOPE,
  };
  const response = await postToken(emulator, fields, { tenant });
  const body = (await response.json()) as { access_token?: string };
  if (body.access_token === undefined) throw new Error(`No token: ${JSON.stringify(body)}`);
  return body.access_token;
}
