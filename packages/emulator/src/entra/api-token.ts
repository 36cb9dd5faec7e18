import type { Application, Tenant } from '../core/directory-rows.js';
import { isObject } from '../core/json.js';
import type { Call } from '../http/call.js';
import { findResource } from './resources.js';

/** The application of the tenant that a token is for, where it wants tokens of version 2.0; otherwise undefined. */
export function apiOfVersion2(call: Call, tenant: Tenant, audience: string): Application | undefined {
  if (findResource(call.world.hosts, audience) !== undefined) return undefined;
  const clientId = audience.toLowerCase().replace(/^api:\/\//, '');
  const application = call.world.store
    .list('applications')
    .find((app) => app.tenantId === tenant.id && app.clientId === clientId);
  const api = application?.properties?.['api'];
  return isObject(api) && api['requestedAccessTokenVersion'] === 2 ? application : undefined;
}

type Claims = Readonly<Record<string, unknown>>;

/** What version 2.0 does not have, or has under another name. */
const LEFT_OUT = new Set([
  'acr',
  'appid',
  'appidacr',
  'family_name',
  'given_name',
  'idtyp',
  'ipaddr',
  'puid',
  'unique_name',
  'upn',
]);

/**
 * The claims of version 1.0 that name an application or a user, as version 2.0 has them (Microsoft, "Access
 * token claims reference").
 */
export function claimsOfVersion2(claims: Claims): Claims {
  const { appid, appidacr, upn } = claims;
  const kept = Object.entries(claims).filter(([name]) => !LEFT_OUT.has(name));
  return {
    ...Object.fromEntries(kept),
    azp: appid,
    azpacr: appidacr,
    ...(upn === undefined ? {} : { preferred_username: upn }),
  };
}
