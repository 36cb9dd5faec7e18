import type { Call } from '../../http/call.js';
import { checkMultiTenant } from '../check-multi-tenant.js';
import type { EndpointVersion } from '../discovery.js';
import { entraRefusal } from '../entra-refusal.js';
import { findTenant, isTenantAlias } from '../find-tenant.js';
import { errorAnswer } from '../pages/error-answer.js';
import { beginAuthorization } from '../sessions/begin-authorization.js';
import { findSignInClient } from '../users/sign-in-client.js';
import { answerClient, type Destination } from './answer-client.js';
import { errorBodyOf, errorFields } from './error-fields.js';
import { promptsOf, readAuthorizationRequest, readDestination } from './read-authorization-request.js';

/**
 * `GET` or `POST /{tenant}/oauth2[/v2.0]/authorize` (RFC 6749, section 4.1.1). What is wrong with the
 * client or its address shows on a page; everything else goes back to the client.
 */
export async function authorizeEndpoint(
  call: Call,
  tenantName: string,
  version: EndpointVersion,
): Promise<Response> {
  let destination: Destination | undefined;
  try {
    if (call.method !== 'GET' && call.method !== 'POST') throw entraRefusal(900561, { method: call.method });
    const fields = call.method === 'POST' ? new URLSearchParams(call.body) : call.query;
    const tenant = isTenantAlias(tenantName) ? undefined : findTenant(call, tenantName);
    const client = findSignInClient(call, tenant, fields.get('client_id') ?? '');
    checkMultiTenant(call, client);
    const parameters = { version, tenant, client, fields };
    destination = readDestination(parameters);
    const request = readAuthorizationRequest(call, parameters, destination);
    return await beginAuthorization(call, request, promptsOf(fields));
  } catch (error) {
    const body = await errorBodyOf(call, error);
    return destination === undefined
      ? errorAnswer(call, body)
      : answerClient(call, destination, errorFields(body));
  }
}
