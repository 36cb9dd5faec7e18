import type { Tenant } from '../../core/directory-rows.js';
import type { Call } from '../../http/call.js';
import { entraRefusal } from '../entra-refusal.js';
import { findResource } from '../resources.js';
import type { TokenForm } from '../token-form.js';

/** What a `scope` asks for. */
export interface ScopeTarget {
  /** `aud` of the access token. */
  readonly audience: string;
  readonly resource: 'arm' | 'graph' | 'machineLearning' | 'api';
  /** Names of permissions, without the resource; `.default` is not among them. */
  readonly names: readonly string[];
  /** The scopes of the resource as they were asked for. */
  readonly asked: readonly string[];
  readonly openid: boolean;
  readonly offline: boolean;
}

const OPENID_SCOPES = new Set(['openid', 'profile', 'email', 'offline_access']);
/** What bare names belong to. Tokens then name Microsoft Graph by its id. */
const GRAPH = '00000003-0000-0000-c000-000000000000';

/**
 * Reads a `scope` of the v2 endpoint: permissions of one resource, and those of OpenID Connect.
 *
 * @param tenant - undefined where it is not known yet
 * @throws a refusal: AADSTS70011, 28000, 500011
 */
export function readScope(call: Call, tenant: Tenant | undefined, scope: string): ScopeTarget {
  const all = scope.split(/\s+/).filter((name) => name !== '');
  const asked = all.filter((name) => !OPENID_SCOPES.has(name.toLowerCase()));
  if (all.length === 0) throw entraRefusal(70011, { scope });
  const parts = asked.map((name) => splitScope(name));
  const [audience = GRAPH, ...others] = new Set(parts.map(({ resource }) => resource));
  if (others.length > 0) throw entraRefusal(28000, { scope });
  const resource = resourceKind(call, tenant, audience);
  if (resource === undefined) {
    throw entraRefusal(500011, { resource: audience, tenant: tenant?.name ?? call.segments[0] ?? '' });
  }
  return {
    audience,
    resource,
    names: parts.map(({ name }) => name).filter((name) => name !== '.default'),
    asked,
    openid: all.includes('openid'),
    offline: all.includes('offline_access'),
  };
}

/**
 * The scope of a token request; what v1 clients say with `resource` is put into the form of v2.
 *
 * @param fallback - where the request names none
 * @throws a refusal: AADSTS900144
 */
export function scopeOf({ version, fields }: TokenForm, fallback?: string): string {
  const name = version === 'v1' ? 'resource' : 'scope';
  const value = (fields.get(name) ?? '').trim();
  if (value !== '') return version === 'v1' ? scopeOfResource(value) : value;
  if (fallback !== undefined) return fallback;
  throw entraRefusal(900144, { parameter: name });
}

/** Clients of v1 name a resource and get all kinds of tokens. */
export function scopeOfResource(resource: string): string {
  const [name = ''] = resource.split(/\s/);
  return `${name === '' ? GRAPH : name}/.default openid profile offline_access`;
}

/** `https://management.core.windows.net//.default` asks for the resource with its slash: the last one divides. */
function splitScope(scope: string): { readonly resource: string; readonly name: string } {
  const slash = scope.lastIndexOf('/');
  const [resource, name] = slash < 0 ? [GRAPH, scope] : [scope.slice(0, slash), scope.slice(slash + 1)];
  if (!/^[\w.-]+$/.test(name) || resource === '') throw entraRefusal(70011, { scope });
  return { resource, name };
}

/**
 * What a resource string or an audience stands for: a service of the cloud, or an application as
 * `api://{client id}` or by its bare id.
 *
 * @param tenant - undefined where it is not known yet
 */
export function resourceKind(
  call: Call,
  tenant: Tenant | undefined,
  resource: string,
): ScopeTarget['resource'] | undefined {
  const known = findResource(call.world.hosts, resource);
  if (known !== undefined) return known.name;
  const clientId = resource.toLowerCase().replace(/^api:\/\//, '');
  const isApi = call.world.store
    .list('applications')
    .some((app) => app.clientId === clientId && (tenant === undefined || app.tenantId === tenant.id));
  return isApi ? 'api' : undefined;
}
