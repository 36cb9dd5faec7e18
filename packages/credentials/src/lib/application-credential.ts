import {
  isAmlAuthError,
  parseGuid,
  parseTenantId,
  type Credential,
  type Finding,
  type StoredToken,
  type TokenRequest,
} from '@aml-auth/core';
import type { CredentialOptions } from '../credential-options.js';
import { authorityHostOf } from './authority-host.js';
import { createCredential, type AcquireTools } from './create-credential.js';
import { fingerprint } from './fingerprint.js';
import {
  acquireByApplication,
  type ApplicationGrant,
  type ClientProof,
} from './msal/acquire-by-application.js';
import { requireDefaultScope } from './require-default-scope.js';

/** Options of every method by which an application signs in for itself. */
export interface ApplicationOptions extends CredentialOptions {
  /** Tenant id (GUID) or a domain name of the tenant. */
  readonly tenantId: string;
  /** The application (client) id of the service principal or managed identity. */
  readonly clientId: string;
  /** Tenants, beside its own, that `getToken` may ask for; `*` allows all. Default: none. */
  readonly additionallyAllowedTenants?: readonly string[] | undefined;
}

/** How an application proves itself, and what the proof comes from. */
export interface ApplicationProof {
  /** For the cache key: the secret itself, a path, the name of a service. */
  readonly source: string;
  /** Gives the proof; called only when a token must be fetched. */
  readonly prove: (tools: AcquireTools, audience: ProofAudience) => ClientProof | Promise<ClientProof>;
}

/** Who proves itself, and to whom. */
export interface ProofAudience {
  readonly clientId: string;
  /** Where the proof goes. */
  readonly tokenEndpoint: string;
}

/** What tells one sign-in method of an application from another. */
export interface ApplicationMethod extends ApplicationProof {
  /** The factory's name without `from`. */
  readonly method: string;
  /** Default: a token for the application itself. */
  readonly grant?: ApplicationGrant | undefined;
  /** As in `CredentialParts`. */
  readonly findings?: (() => readonly Finding[]) | undefined;
}

/** The assertion is not within its valid time range. */
const CLOCK_IS_OFF = 700024;

const FOR_ITSELF: ApplicationGrant = { kind: 'clientCredentials' };

/** A credential of a confidential application, whatever its proof and its grant. */
export function applicationCredential(options: ApplicationOptions, how: ApplicationMethod): Credential {
  const { grant = FOR_ITSELF } = how;
  const tenantId = parseTenantId(options.tenantId);
  const clientId = parseGuid(options.clientId, 'clientId');
  const authorityHost = authorityHostOf(options.cloud);
  return createCredential({
    options,
    description: { method: how.method, tenantId, clientId, authorityHost },
    identity: {
      authorityHost,
      tenantId,
      clientId,
      fingerprint: fingerprint(how.method, authorityHost, tenantId, clientId, how.source, userOf(grant)),
    },
    additionallyAllowedTenants: options.additionallyAllowedTenants ?? [],
    findings: how.findings,
    acquire: async (request, tools) => {
      if (grant.kind === 'clientCredentials') requireDefaultScope(request.scopes);
      const before = tools.skewMs();
      try {
        return await acquire(request, tools);
      } catch (error) {
        // The refusal has a date: where it shows that the clock here is off, one more proof is made by the other clock.
        const off = isAmlAuthError(error) && error.aadsts === CLOCK_IS_OFF;
        if (!off || tools.skewMs() === 0 || before !== 0) throw error;
        return acquire(request, tools);
      }
    },
  });

  async function acquire(request: TokenRequest, tools: AcquireTools): Promise<StoredToken> {
    const tokenEndpoint = `${authorityHost}/${request.tenantId}/oauth2/v2.0/token`;
    const proof = await how.prove(tools, { clientId, tokenEndpoint });
    return acquireByApplication({ authorityHost, clientId, proof, grant }, request, tools);
  }
}

/** Tokens for one user are never those of another. */
function userOf(grant: ApplicationGrant): string {
  return grant.kind === 'onBehalfOf' ? grant.userAssertion : '';
}
