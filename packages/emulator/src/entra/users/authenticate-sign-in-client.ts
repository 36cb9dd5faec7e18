import type { Tenant } from '../../core/directory-rows.js';
import type { Call } from '../../http/call.js';
import { authenticateClient } from '../authenticate-client.js';
import { checkMultiTenant } from '../check-multi-tenant.js';
import { entraRefusal } from '../entra-refusal.js';
import { findSignInClient, type SignInClient } from './sign-in-client.js';

/** A client, and how it proved itself: `appidacr` of its tokens. */
export interface ProvenClient {
  readonly client: SignInClient;
  /** `0` for a public client, `1` for a secret, `2` for an assertion. */
  readonly proof: '0' | '1' | '2';
}

/**
 * The client of a request for a user's tokens. Public clients name themselves, all others prove who they are.
 *
 * @param tenant - the user's
 * @throws a refusal: AADSTS700025 where a public client brings a secret, and those of
 *   {@link findSignInClient}, {@link checkMultiTenant} and {@link authenticateClient}
 */
export async function authenticateSignInClient(
  call: Call,
  tenant: Tenant,
  fields: URLSearchParams,
): Promise<ProvenClient> {
  // A confidential client may name itself in HTTP Basic authentication alone.
  const clientId = fields.get('client_id');
  if (clientId !== null || !call.headers.has('authorization')) {
    const client = findSignInClient(call, tenant, clientId ?? '');
    checkMultiTenant(call, client);
    if (client.isPublic) {
      const proves = ['client_secret', 'client_assertion'].some((name) => (fields.get(name) ?? '') !== '');
      if (proves) throw entraRefusal(700025);
      return { client, proof: '0' };
    }
  }
  const { application, method } = await authenticateClient(call, tenant, fields);
  const client = findSignInClient(call, tenant, application.clientId);
  checkMultiTenant(call, client);
  return { client, proof: method === 'secret' ? '1' : '2' };
}
