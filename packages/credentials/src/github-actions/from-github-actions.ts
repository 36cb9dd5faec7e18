import type { Credential } from '@aml-auth/core';
import { applicationCredential, type ApplicationOptions } from '../lib/application-credential.js';
import { requestAssertion } from '../lib/http/request-assertion.js';
import { requireVariables, variableFindings, type Environment } from '../lib/settings.js';

/** Options of {@link fromGitHubActions}. */
export interface GitHubActionsOptions extends ApplicationOptions {
  /** Audience of GitHub's token, as the federated credential names it. Default `api://AzureADTokenExchange`. */
  readonly audience?: string | undefined;
  /** Default: `process.env`. */
  readonly env?: Environment | undefined;
}

const VARIABLES = ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'] as const;
const REMEDY = 'Give the job the permission "id-token: write".';

/**
 * Signs in as the application that trusts this GitHub Actions job, without a secret. GitHub's token
 * lives for minutes: a new one is asked for whenever a token must be fetched, so long jobs go on.
 *
 * Outside a job with the permission `id-token: write`, `getToken` rejects with `AML_NOT_CONFIGURED`,
 * and a chain goes on.
 *
 * Source: [OpenID Connect reference of GitHub Actions](https://docs.github.com/actions/reference/security/oidc).
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed option
 */
export function fromGitHubActions(options: GitHubActionsOptions): Credential {
  const { audience = 'api://AzureADTokenExchange', env = process.env } = options;
  return applicationCredential(options, {
    method: 'gitHubActions',
    source: audience,
    findings: () => variableFindings(env, VARIABLES),
    async prove(tools) {
      const { ACTIONS_ID_TOKEN_REQUEST_URL, ACTIONS_ID_TOKEN_REQUEST_TOKEN } = requireVariables(
        env,
        VARIABLES,
        REMEDY,
      );
      const url = URL.parse(ACTIONS_ID_TOKEN_REQUEST_URL);
      url?.searchParams.set('audience', audience);
      const headers = {
        authorization: `bearer ${ACTIONS_ID_TOKEN_REQUEST_TOKEN}`,
        accept: 'application/json',
      };
      return {
        clientAssertion: await requestAssertion(
          {
            name: 'GitHub Actions',
            request: { method: 'GET', url: url?.href ?? '', headers },
            field: 'value',
            remedy: REMEDY,
          },
          tools,
        ),
      };
    },
  });
}
