import type { Tenant } from '../../core/directory-rows.js';
import type { Call } from '../../http/call.js';
import { authenticateClient } from '../authenticate-client.js';
import { entraRefusal } from '../entra-refusal.js';
import type { TokenForm } from '../token-form.js';
import { tokenTimes } from '../token-times.js';
import { resourceKind } from '../users/read-scope.js';
import { declaresCae } from '../client-capabilities.js';
import { issueAppToken } from '../issue-app-token.js';

const DEFAULT = '/.default';

/**
 * The client credentials grant (RFC 6749, section 4.4): an application asks for itself.
 *
 * @throws a refusal: AADSTS50059, 900144, 70011, 1002012, 500011, and those of {@link authenticateClient}
 */
export async function clientCredentials(
  call: Call,
  tenant: Tenant | undefined,
  form: TokenForm,
): Promise<Record<string, unknown>> {
  if (tenant === undefined) throw entraRefusal(50059);
  const resource = form.version === 'v2' ? resourceOfScope(form.fields) : resourceOfForm(form.fields);
  const { application, method } = await authenticateClient(call, tenant, form.fields);
  if (resourceKind(call, tenant, resource) === undefined) {
    throw entraRefusal(500011, { resource, tenant: tenant.name });
  }
  const cae = declaresCae(form.fields.get('claims'));
  const token = await issueAppToken(call, { tenant, application, method, audience: resource, cae });
  return {
    token_type: 'Bearer',
    ...tokenTimes(form.version, token),
    ...(form.version === 'v1' ? { resource } : {}),
    access_token: token.accessToken,
  };
}

/** `https://management.core.windows.net//.default` asks for the resource with its slash: only the suffix goes. */
function resourceOfScope(fields: URLSearchParams): string {
  const scope = (fields.get('scope') ?? '').trim();
  if (scope === '') throw entraRefusal(900144, { parameter: 'scope' });
  if (/\s/.test(scope)) throw entraRefusal(70011, { scope });
  if (!scope.toLowerCase().endsWith(DEFAULT)) throw entraRefusal(1002012, { scope });
  const resource = scope.slice(0, -DEFAULT.length);
  if (resource === '') throw entraRefusal(70011, { scope });
  return resource;
}

function resourceOfForm(fields: URLSearchParams): string {
  const resource = fields.get('resource') ?? '';
  if (resource === '') throw entraRefusal(900144, { parameter: 'resource' });
  return resource;
}
