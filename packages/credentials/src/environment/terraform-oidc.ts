import type { Environment } from '../lib/settings.js';
import type { OidcSource } from '../oidc-source/oidc-source.js';

/** The variables, in the order in which they are looked for. */
export const TERRAFORM_OIDC_VARIABLES = [
  'ARM_OIDC_TOKEN',
  'ARM_OIDC_TOKEN_FILE_PATH',
  'ARM_OIDC_REQUEST_URL',
  'ARM_OIDC_REQUEST_TOKEN',
] as const;

const AUDIENCE = 'api://AzureADTokenExchange';

/**
 * Where the token of the job comes from, as the AzureRM provider of Terraform is told: a variable, a file, or a service
 * that answers as that of GitHub Actions. Undefined where the variables say nothing of it.
 * [Source](https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/guides/service_principal_oidc).
 */
export function terraformOidcSource(env: Environment): OidcSource | undefined {
  const {
    ARM_OIDC_TOKEN: token,
    ARM_OIDC_TOKEN_FILE_PATH: file,
    ARM_OIDC_REQUEST_URL: service,
    ARM_OIDC_REQUEST_TOKEN: bearer,
  } = env;
  if (token) return { variable: 'ARM_OIDC_TOKEN' };
  if (file) return { file };
  if (!service || !bearer) return undefined;
  const url = URL.parse(service);
  url?.searchParams.set('audience', AUDIENCE);
  return {
    url: url?.href ?? service,
    headers: { authorization: `Bearer ${bearer}`, accept: 'application/json' },
    field: 'value',
  };
}
