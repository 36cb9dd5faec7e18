import { plainError } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { instanceDiscovery, keySet, openidConfiguration } from './discovery.js';
import { tokenEndpoint } from './token-endpoint.js';

type Endpoint = (call: Call, tenant: string) => Response | Promise<Response>;

/** What follows the tenant in the path. */
const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '.well-known/openid-configuration': (call, tenant) => openidConfiguration(call, tenant, 'v1'),
  'v2.0/.well-known/openid-configuration': (call, tenant) => openidConfiguration(call, tenant, 'v2'),
  'discovery/instance': instanceDiscovery,
  'discovery/keys': (call, tenant) => keySet(call, tenant, 'v1'),
  'discovery/v2.0/keys': (call, tenant) => keySet(call, tenant, 'v2'),
  'oauth2/token': (call, tenant) => tokenEndpoint(call, tenant, 'v1'),
  'oauth2/v2.0/token': (call, tenant) => tokenEndpoint(call, tenant, 'v2'),
};

/** Microsoft Entra ID: `/{tenant}/…`. */
export function entraService(call: Call): Response | Promise<Response> {
  const [tenant = '', ...rest] = call.segments;
  const endpoint = ENDPOINTS[rest.join('/').toLowerCase()];
  if (endpoint === undefined) {
    return plainError(404, 'NotFound', `The emulator has nothing at /${call.segments.join('/')}.`);
  }
  return endpoint(call, tenant);
}
