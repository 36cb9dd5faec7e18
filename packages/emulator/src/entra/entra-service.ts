import { plainError } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { instanceDiscovery, keySet, openidConfiguration } from './discovery.js';
import { authorizeEndpoint } from './authorize/authorize-endpoint.js';
import { logout } from './authorize/logout.js';
import { deviceCodeEndpoint } from './devices/device-code-endpoint.js';
import { tokenEndpoint } from './token-endpoint.js';
import { userRealm } from './user-realm.js';
import { signInStep } from './walk/sign-in-step.js';

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
  'oauth2/devicecode': (call, tenant) => deviceCodeEndpoint(call, tenant, 'v1'),
  'oauth2/v2.0/devicecode': (call, tenant) => deviceCodeEndpoint(call, tenant, 'v2'),
  'oauth2/authorize': (call, tenant) => authorizeEndpoint(call, tenant, 'v1'),
  'oauth2/v2.0/authorize': (call, tenant) => authorizeEndpoint(call, tenant, 'v2'),
  'oauth2/logout': logout,
  'oauth2/v2.0/logout': logout,
  login: signInStep,
};

/** Microsoft Entra ID: `/{tenant}/…`. */
export function entraService(call: Call): Response | Promise<Response> {
  const [tenant = '', ...rest] = call.segments;
  const [first = '', second] = rest;
  if (second !== undefined && rest.length === 2 && first.toLowerCase() === 'userrealm') {
    return userRealm(call, second);
  }
  const path = rest.join('/').toLowerCase();
  const endpoint = Object.hasOwn(ENDPOINTS, path) ? ENDPOINTS[path] : undefined;
  if (endpoint === undefined) {
    return plainError(404, 'NotFound', `The emulator has nothing at /${call.segments.join('/')}.`);
  }
  return endpoint(call, tenant);
}
