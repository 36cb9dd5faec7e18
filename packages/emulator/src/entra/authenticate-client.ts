import { isGuid } from '@aml-auth/core';

import type { Application, Tenant } from '../core/directory-rows.js';
import { matchesSecret } from '../core/secret-hash.js';
import type { Call } from '../http/call.js';
import { checkClientAssertion } from './client-assertion/check-client-assertion.js';
import { entraRefusal } from './entra-refusal.js';

interface ClientCredentials {
  readonly clientId: string;
  readonly secret: string;
  readonly assertion: string;
}

/** An application that proved who it is. */
export interface AuthenticatedClient {
  readonly application: Application;
  readonly method: 'secret' | 'assertion';
}

/**
 * The application that the request comes from, proven by its secret in the form or in HTTP Basic
 * authentication (RFC 6749, section 2.3.1), or by an assertion (RFC 7523, section 2.2).
 *
 * @throws a refusal: AADSTS900144, 700038, 700016, 7000218, 7000215, 7000222, and those of
 *   {@link checkClientAssertion}
 */
export async function authenticateClient(
  call: Call,
  tenant: Tenant,
  fields: URLSearchParams,
): Promise<AuthenticatedClient> {
  const { clientId, secret, assertion } = readCredentials(call, fields);
  const application = findApplication(call, tenant, clientId);
  if (assertion !== '') {
    await checkClientAssertion(call, tenant, application, fields);
    return { application, method: 'assertion' };
  }
  if (secret === '') throw entraRefusal(7000218);
  const credential = application.passwordCredentials.find((entry) => matchesSecret(entry, secret));
  if (credential === undefined) throw entraRefusal(7000215, { client: application.clientId });
  if (credential.endsAt <= call.world.clock.now()) {
    throw entraRefusal(7000222, { client: application.clientId });
  }
  return { application, method: 'secret' };
}

function findApplication(call: Call, tenant: Tenant, clientId: string): Application {
  if (clientId === '') throw entraRefusal(900144, { parameter: 'client_id' });
  if (!isGuid(clientId)) throw entraRefusal(700038, { client: clientId });
  const application = call.world.store.replica
    .list('applications')
    .find((app) => app.tenantId === tenant.id && app.clientId === clientId.toLowerCase());
  if (application === undefined) throw entraRefusal(700016, { client: clientId, tenant: tenant.name });
  return application;
}

function readCredentials(call: Call, fields: URLSearchParams): ClientCredentials {
  const basic = /^basic\s+(\S+)$/i.exec(call.headers.get('authorization') ?? '')?.[1];
  const [user, password] = basic === undefined ? [] : readBasic(basic);
  return {
    clientId: fields.get('client_id') ?? user ?? '',
    secret: fields.get('client_secret') ?? password ?? '',
    assertion: fields.get('client_assertion') ?? '',
  };
}

/** Id and secret are form-encoded before they are joined, so that either may hold a colon. */
function readBasic(encoded: string): readonly (string | undefined)[] {
  const [user = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
  return [formDecode(user), formDecode(rest.join(':'))];
}

function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // Many clients do not encode at all; then the text is what was meant.
    return text;
  }
}
