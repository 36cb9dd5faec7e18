import type { Credential } from '@aml-auth/core';
import type { CredentialOptions } from '../credential-options.js';
import { applicationCredential, type ApplicationOptions } from '../lib/application-credential.js';
import { requestAssertion } from '../lib/http/request-assertion.js';
import { lazyCredential } from '../lib/lazy-credential.js';
import { requireVariables, variableFindings, type Environment } from '../lib/settings.js';

/**
 * Options of {@link fromAzurePipelines}. What is not given comes from the variables that tasks such as AzureCLI@2 set
 * for the service connection that they run with.
 */
export interface AzurePipelinesOptions extends CredentialOptions {
  /** Default: `AZURESUBSCRIPTION_TENANT_ID`. */
  readonly tenantId?: string | undefined;
  /** Default: `AZURESUBSCRIPTION_CLIENT_ID`. */
  readonly clientId?: string | undefined;
  /** Id of the service connection that the pipeline may use. Default: `AZURESUBSCRIPTION_SERVICE_CONNECTION_ID`. */
  readonly serviceConnectionId?: string | undefined;
  /** `$(System.AccessToken)`, handed to the step. Default: `SYSTEM_ACCESSTOKEN`. */
  readonly systemAccessToken?: string | undefined;
  /** Tenants, beside its own, that `getToken` may ask for; `*` allows all. Default: none. */
  readonly additionallyAllowedTenants?: readonly string[] | undefined;
  /** Default: `process.env`. */
  readonly env?: Environment | undefined;
}

const CONNECTION = [
  'AZURESUBSCRIPTION_TENANT_ID',
  'AZURESUBSCRIPTION_CLIENT_ID',
  'AZURESUBSCRIPTION_SERVICE_CONNECTION_ID',
] as const;
const VARIABLES = ['SYSTEM_OIDCREQUESTURI', 'SYSTEM_ACCESSTOKEN'] as const;

/**
 * Signs in through a service connection of Azure Pipelines with workload identity federation. A new
 * assertion is asked for whenever a token must be fetched, and only then.
 *
 * Outside a pipeline, `getToken` rejects with `AML_NOT_CONFIGURED`, and a chain goes on.
 *
 * Source: [Azure DevOps, Oidctoken - Create](https://learn.microsoft.com/rest/api/azure/devops/distributedtask/oidctoken/create).
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed option
 */
export function fromAzurePipelines(options: AzurePipelinesOptions = {}): Credential {
  const { tenantId, clientId, serviceConnectionId, env = process.env } = options;
  if (tenantId !== undefined && clientId !== undefined && serviceConnectionId !== undefined) {
    return throughConnection({ ...options, tenantId, clientId, serviceConnectionId });
  }
  const make = (): Credential => {
    const found = requireVariables(
      {
        AZURESUBSCRIPTION_TENANT_ID: tenantId ?? env['AZURESUBSCRIPTION_TENANT_ID'],
        AZURESUBSCRIPTION_CLIENT_ID: clientId ?? env['AZURESUBSCRIPTION_CLIENT_ID'],
        AZURESUBSCRIPTION_SERVICE_CONNECTION_ID:
          serviceConnectionId ?? env['AZURESUBSCRIPTION_SERVICE_CONNECTION_ID'],
      },
      CONNECTION,
      'Run in a task with a service connection, such as AzureCLI@2, or give tenantId, clientId and serviceConnectionId.',
    );
    return throughConnection({
      ...options,
      tenantId: found.AZURESUBSCRIPTION_TENANT_ID,
      clientId: found.AZURESUBSCRIPTION_CLIENT_ID,
      serviceConnectionId: found.AZURESUBSCRIPTION_SERVICE_CONNECTION_ID,
    });
  };
  return lazyCredential('azurePipelines', make, () => variableFindings(env, [...CONNECTION, ...VARIABLES]));
}

/** All of the options that say who signs in. */
type Connection = AzurePipelinesOptions & ApplicationOptions & { readonly serviceConnectionId: string };

function throughConnection(options: Connection): Credential {
  const { serviceConnectionId, systemAccessToken, env = process.env } = options;
  return applicationCredential(options, {
    method: 'azurePipelines',
    source: serviceConnectionId,
    findings: () => variableFindings(env, VARIABLES),
    async prove(tools) {
      const { SYSTEM_OIDCREQUESTURI, SYSTEM_ACCESSTOKEN } = requireVariables(
        {
          SYSTEM_OIDCREQUESTURI: env['SYSTEM_OIDCREQUESTURI'],
          SYSTEM_ACCESSTOKEN: systemAccessToken ?? env['SYSTEM_ACCESSTOKEN'],
        },
        VARIABLES,
        'Map it in the step: env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }.',
      );
      const url = URL.parse(SYSTEM_OIDCREQUESTURI);
      url?.searchParams.set('api-version', '7.1');
      url?.searchParams.set('serviceConnectionId', serviceConnectionId);
      const headers = {
        authorization: `Bearer ${SYSTEM_ACCESSTOKEN}`,
        'content-type': 'application/json',
        // Without it the service answers a refusal with a redirect to a sign-in page.
        'x-tfs-fedauthredirect': 'Suppress',
      };
      return {
        clientAssertion: await requestAssertion(
          {
            name: 'Azure Pipelines',
            request: { method: 'POST', url: url?.href ?? '', headers },
            field: 'oidcToken',
            remedy: `Let the pipeline use the service connection ${serviceConnectionId}.`,
          },
          tools,
        ),
      };
    },
  });
}
