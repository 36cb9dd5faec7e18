import { SignJWT } from 'jose';

import { randomText } from '../core/random.js';
import type { Application, Tenant } from '../core/tables.js';
import type { Call } from '../http/call.js';
import { entraRefusal } from './entra-refusal.js';

/** An access token and its times, in seconds: since the epoch, or from now for `expiresIn`. */
export interface IssuedToken {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly expiresOn: number;
  readonly notBefore: number;
}

/** What an app-only token is made from. */
export interface AppTokenRequest {
  readonly tenant: Tenant;
  readonly application: Application;
  /** The resource, spelled as it was asked for. */
  readonly audience: string;
  /** Whether the client can handle claims challenges. */
  readonly cae: boolean;
}

/** Seconds that an access token lasts by default. */
const LIFETIME = 3600;
/** Seconds by which tokens start in the past, against clocks that run late. */
const EARLY = 300;

/**
 * An app-only access token. Azure Resource Manager, Microsoft Graph and Azure Machine Learning take
 * tokens of version 1.0, whichever endpoint issues them.
 */
export async function issueAppToken(call: Call, request: AppTokenRequest): Promise<IssuedToken> {
  const { world } = call;
  const { tenant, application } = request;
  const principal = world.store
    .list('servicePrincipals')
    .find(({ tenantId, appId }) => tenantId === tenant.id && appId === application.clientId);
  if (principal === undefined) {
    throw entraRefusal(700016, { client: application.clientId, tenant: tenant.name });
  }
  const now = Math.floor(world.clock.now() / 1000);
  const lifetime = application.tokenLifetime ?? LIFETIME;
  const key = await world.keys();
  const issuer = `https://sts.windows.net/${tenant.id}/`;
  const accessToken = await new SignJWT({
    aud: request.audience,
    iss: issuer,
    iat: now - EARLY,
    nbf: now - EARLY,
    exp: now + lifetime,
    aio: randomText(world.random, 30),
    appid: application.clientId,
    appidacr: '1',
    idp: issuer,
    idtyp: 'app',
    oid: principal.id,
    rh: `1.${randomText(world.random, 30)}.`,
    sub: principal.id,
    tid: tenant.id,
    uti: randomText(world.random, 16),
    ver: '1.0',
    ...(request.cae ? { xms_cc: ['cp1'] } : {}),
  })
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', x5t: key.id, kid: key.id })
    .sign(key.privateKey);
  return { accessToken, expiresIn: lifetime - 1, expiresOn: now + lifetime, notBefore: now - EARLY };
}

/** Whether a `claims` parameter declares the capability `cp1`. Clients differ in its case. */
export function declaresCae(claims: string | null): boolean {
  try {
    const parsed = JSON.parse(claims ?? 'null') as {
      access_token?: { xms_cc?: { values?: unknown } };
    } | null;
    const values = parsed?.access_token?.xms_cc?.values;
    return Array.isArray(values) && values.some((value) => String(value).toLowerCase() === 'cp1');
  } catch {
    return false;
  }
}
