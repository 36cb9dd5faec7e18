import { AmlAuthError, isAmlAuthError, type StoredToken, type TokenRequest } from '@aml-auth/core';
import { claimsParameter } from '../../entra/claims-parameter.js';
import { parseTokenReply } from '../../entra/parse-token-reply.js';
import type { AcquireTools } from '../create-credential.js';
import { msalNetwork } from './msal-network.js';

/** How an application proves itself: exactly one of the three that msal-node knows. */
export type ClientProof =
  | { readonly clientSecret: string }
  | { readonly clientAssertion: string }
  | {
      readonly clientCertificate: {
        /** SHA-256 of the certificate in hexadecimal. */
        readonly thumbprintSha256: string;
        /** PKCS#8 PEM, not encrypted. */
        readonly privateKey: string;
        /** PEM of the certificate and its chain, to be sent along. */
        readonly x5c?: string;
      };
    };

/** What the application asks for: a token for itself, or one for the user who called it. */
export type ApplicationGrant =
  { readonly kind: 'clientCredentials' } | { readonly kind: 'onBehalfOf'; readonly userAssertion: string };

/** The application, how it proves itself, and what it asks for. */
export interface ProvenApplication {
  readonly authorityHost: string;
  readonly clientId: string;
  readonly proof: ClientProof;
  readonly grant: ApplicationGrant;
}

/**
 * One grant of a confidential application through msal-node, which is imported here and not before.
 *
 * Each grant has an MSAL application of its own: nothing of MSAL's in-memory state (its token
 * cache, and the failure cache that answers later calls with an empty error) outlives the request,
 * and the request's signal, time limit and fetch are those of this call alone.
 */
export async function acquireByApplication(
  application: ProvenApplication,
  request: TokenRequest,
  tools: AcquireTools,
): Promise<StoredToken> {
  // msal-node sends on whatever it is given.
  claimsParameter(request.claims, request.enableCae);
  const { ConfidentialClientApplication } = await import('@azure/msal-node');
  const { authorityHost, clientId, proof, grant } = application;
  const authority = `${authorityHost}/${request.tenantId}`;
  const network = msalNetwork(tools, { authorityHost, clientId, tenantId: request.tenantId });
  try {
    const app = new ConfidentialClientApplication({
      auth: {
        clientId,
        ...proof,
        authority,
        knownAuthorities: [new URL(authorityHost).host],
        // Microsoft Entra ID has fixed paths: stating them saves the discovery request.
        authorityMetadata: JSON.stringify({
          issuer: `${authority}/v2.0`,
          authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
          token_endpoint: `${authority}/oauth2/v2.0/token`,
          jwks_uri: `${authority}/discovery/v2.0/keys`,
        }),
        ...(request.enableCae ? { clientCapabilities: ['cp1'] } : {}),
      },
      system: { networkClient: network.module },
    });
    const asked = {
      scopes: [...request.scopes],
      ...(request.claims === '' ? {} : { claims: request.claims }),
    };
    if (grant.kind === 'clientCredentials') await app.acquireTokenByClientCredential(asked);
    else await app.acquireTokenOnBehalfOf({ ...asked, oboAssertion: grant.userAssertion });
  } catch (error) {
    throw network.failure() ?? unexpected(error);
  }
  return parseTokenReply(network.lastReply(), tools.clock.now(), authorityHost);
}

function unexpected(error: unknown): AmlAuthError {
  if (isAmlAuthError(error)) return error;
  const { errorCode, message } = error as { errorCode?: unknown; message?: unknown };
  return new AmlAuthError({
    code: 'AML_UNEXPECTED',
    message: `msal-node could not make the token request: ${String(errorCode ?? message ?? error)}.`,
    remedy: 'Report it with the options in use, without the secret.',
    cause: error,
  });
}
