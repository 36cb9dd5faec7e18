import type { Credential } from '@aml-auth/core';
import { applicationCredential, type ApplicationOptions } from '../lib/application-credential.js';
import { requestAssertion } from '../lib/http/request-assertion.js';
import { requireVariables, variableFindings, type Environment } from '../lib/settings.js';

/** Options of {@link fromAzurePipelines}. */
export interface AzurePipelinesOptions extends ApplicationOptions {
  /** Id of the service connection that the pipeline may use. */
  readonly serviceConnectionId: string;
  /** `$(System.AccessToken)`, handed to the step. Default: `SYSTEM_ACCESSTOKEN`. */
  readonly systemAccessToken?: string | undefined;
  /** Default: `process.env`. */
  readonly env?: Environment | undefined;
}

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
export function fromAzurePipelines(options: AzurePipelinesOptions): Credential {
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
