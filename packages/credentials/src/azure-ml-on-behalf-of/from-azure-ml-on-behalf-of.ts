import {
  AmlAuthError,
  type Credential,
  type StoredToken,
  type TokenIdentity,
  type TokenRequest,
} from '@aml-auth/core';
import type { CredentialOptions } from '../credential-options.js';
import { createCredential, type AcquireTools } from '../lib/create-credential.js';
import { fingerprint } from '../lib/fingerprint.js';
import { requireDefaultScope } from '../lib/require-default-scope.js';
import { requireVariables, variableFindings, type Environment } from '../lib/settings.js';
import { identityUrl } from '../managed-identity/identity-url.js';
import { parseIdentityReply } from '../managed-identity/parse-identity-reply.js';

/** Options of {@link fromAzureMLOnBehalfOf}. There is no `tokenStore`: the tokens belong to the job. */
export interface AzureMLOnBehalfOfOptions extends Omit<CredentialOptions, 'tokenStore' | 'cloud'> {
  /** Lets the endpoint be on another machine. Default `false`: loopback and link-local addresses only. */
  readonly allowRemoteEndpoint?: boolean | undefined;
  /** Default: `process.env`. */
  readonly env?: Environment | undefined;
}

/**
 * Acts as the user who submitted the Azure Machine Learning job (`identity: { type: user_identity }`): asks
 * the endpoint that the job finds in `OBO_ENDPOINT`.
 *
 * Outside such a job, `getToken` rejects with `AML_NOT_CONFIGURED`, and a chain goes on.
 *
 * Source: [Set up authentication between Azure Machine Learning and other services](https://learn.microsoft.com/azure/machine-learning/how-to-identity-based-service-authentication).
 */
export function fromAzureMLOnBehalfOf(options: AzureMLOnBehalfOfOptions = {}): Credential {
  const { env = process.env, allowRemoteEndpoint = false } = options;
  async function acquire(
    { scopes, tenantId }: TokenRequest,
    { send, clock, skewMs }: AcquireTools,
  ): Promise<StoredToken> {
    if (tenantId !== '') throw foreignTenant(tenantId);
    requireDefaultScope(scopes);
    const { OBO_ENDPOINT: endpoint } = requireVariables(
      env,
      ['OBO_ENDPOINT'],
      'Submit the job with "identity: type: user_identity", to a compute cluster.',
    );
    const resource = (scopes[0] ?? '').slice(0, -'/.default'.length);
    const url = identityUrl(endpoint, 'OBO_ENDPOINT', { resource }, allowRemoteEndpoint);
    const reply = await send({ method: 'GET', url, headers: {} });
    return parseIdentityReply(reply, 'The Azure Machine Learning job', clock.now(), skewMs());
  }

  return createCredential({
    options: { ...options, tokenStore: undefined },
    description: { method: 'azureMLOnBehalfOf' },
    identity: identityOfJob(env),
    additionallyAllowedTenants: [],
    acquire,
    findings: () => variableFindings(env, ['OBO_ENDPOINT', 'AZUREML_RUN_ID']),
  });
}

/** Another object when the variables have changed: tests and long-lived hosts run one job after the other. */
function identityOfJob(env: Environment): () => TokenIdentity {
  let seen: string | undefined;
  let identity: TokenIdentity | undefined;
  return () => {
    const job = `${env['OBO_ENDPOINT'] ?? ''} ${env['AZUREML_RUN_ID'] ?? ''}`;
    if (identity === undefined || job !== seen) {
      seen = job;
      identity = {
        authorityHost: 'azure-ml-job',
        tenantId: '',
        clientId: 'user',
        fingerprint: fingerprint('azure-ml-on-behalf-of', job),
      };
    }
    return identity;
  };
}

function foreignTenant(tenantId: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `A job acts in the tenant of its workspace; a token of tenant ${tenantId} was asked for.`,
    remedy: 'Leave tenantId out.',
  });
}
