import { jsonAnswer, plainError } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { tenantOfDomain } from './users/find-user.js';

const CLOUD = {
  cloud_instance_name: 'microsoftonline.com',
  cloud_audience_urn: 'urn:federation:MicrosoftOnline',
};

/** `GET /common/userrealm/{upn}`: who checks the password of a user. All domains of the emulator are managed. */
export function userRealm(call: Call, upn: string): Response {
  if (call.method !== 'GET') return plainError(405, 'MethodNotAllowed', 'Use GET.', { allow: 'GET' });
  if (tenantOfDomain(call.world.store, upn) === undefined) {
    return jsonAnswer(200, { ver: '1.0', account_type: 'Unknown', ...CLOUD });
  }
  const domain = upn.split('@')[1]?.toLowerCase() ?? '';
  return jsonAnswer(200, { ver: '1.0', account_type: 'Managed', domain_name: domain, ...CLOUD });
}
