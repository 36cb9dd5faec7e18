import type { Tenant } from '../../core/directory-rows.js';
import type { AuthorizationRequest, CodeChallenge } from '../../core/sign-in-rows.js';
import type { Call } from '../../http/call.js';
import type { EndpointVersion } from '../discovery.js';
import { entraRefusal } from '../entra-refusal.js';
import { requestedContexts } from '../requested-contexts.js';
import { requiredField } from '../required-field.js';
import { grantedScopes } from '../users/granted-scopes.js';
import { readScope, scopeOfResource } from '../users/read-scope.js';
import type { SignInClient } from '../users/sign-in-client.js';
import type { Destination } from './answer-client.js';
import { isRegisteredRedirect } from './redirect-uri.js';

/** The parameters of an authorization request, with whom they come from. */
export interface AuthorizationParameters {
  readonly version: EndpointVersion;
  /** Undefined for `/common` and its like. */
  readonly tenant: Tenant | undefined;
  readonly client: SignInClient;
  readonly fields: URLSearchParams;
}

const MODES = ['query', 'fragment', 'form_post'] as const;

/**
 * Where answers go. Nothing may be sent to an address that is not registered, not even an error.
 *
 * @throws a refusal: AADSTS900971, 50011
 */
export function readDestination({ client, fields }: AuthorizationParameters): Destination {
  const asked = fields.get('redirect_uri') ?? '';
  const [only, another] = client.redirectUris;
  const redirectUri = asked === '' && another === undefined ? (only ?? '') : asked;
  if (redirectUri === '') throw entraRefusal(900971);
  if (!isRegisteredRedirect(client.redirectUris, redirectUri)) {
    throw entraRefusal(50011, { redirectUri, client: client.clientId });
  }
  const responseMode = MODES.find((mode) => mode === fields.get('response_mode')) ?? 'query';
  return { redirectUri, responseMode, state: fields.get('state') };
}

/**
 * The request, checked (RFC 6749, section 4.1.1; RFC 7636, section 4.3; OpenID Connect Core, section 3.1.2.1).
 *
 * @throws a refusal: AADSTS900144, 700051, 70007, 501491, 650053, and those of {@link readScope}
 */
export function readAuthorizationRequest(
  call: Call,
  parameters: AuthorizationParameters,
  destination: Destination,
): AuthorizationRequest {
  const { version, tenant, client, fields } = parameters;
  const responseType = requiredField(fields, 'response_type');
  if (responseType !== 'code') throw entraRefusal(700051, { value: responseType });
  const mode = fields.get('response_mode');
  if (mode !== null && !MODES.some((known) => known === mode)) {
    throw entraRefusal(70007, { value: mode, parameter: 'response_mode' });
  }
  const scope =
    version === 'v1' ? scopeOfResource(fields.get('resource') ?? '') : requiredField(fields, 'scope');
  grantedScopes(call.world.store, client, undefined, readScope(call, tenant, scope));
  const challenge = readChallenge(fields);
  return {
    ...destination,
    kind: 'authorize',
    tenantId: tenant?.id ?? null,
    clientId: client.clientId,
    scope,
    nonce: fields.get('nonce'),
    challenge,
    contexts: requestedContexts(fields.get('claims')),
    loginHint: fields.get('login_hint') ?? '',
    askConsent: promptsOf(fields).includes('consent'),
    clientInfo: fields.get('client_info') === '1',
  };
}

/** The values of `prompt`: `none`, `login`, `consent`, `select_account`. */
export function promptsOf(fields: URLSearchParams): readonly string[] {
  return (fields.get('prompt') ?? '').split(' ');
}

function readChallenge(fields: URLSearchParams): CodeChallenge | null {
  const value = fields.get('code_challenge') ?? '';
  const method = fields.get('code_challenge_method') ?? 'plain';
  if (value === '') return null;
  const isWellFormed = /^[\w.~-]{43,128}$/.test(value);
  if (!isWellFormed || (method !== 'S256' && method !== 'plain')) throw entraRefusal(501491);
  return { method, value };
}
