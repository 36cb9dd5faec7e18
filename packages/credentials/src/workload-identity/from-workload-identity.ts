import { knownCloudFromEnvironment, type Cloud, type Credential, type Finding } from '@aml-auth/core';
import { builtins } from '../lib/builtins.js';
import { fromTokenFile } from './from-token-file.js';
import { lazyCredential } from '../lib/lazy-credential.js';
import { requireVariables, variableFindings, type Environment } from '../lib/settings.js';
import { proxyFetch, readTokenProxy } from './token-proxy.js';
import type { CredentialOptions } from '../credential-options.js';

/** Options of {@link fromWorkloadIdentity}. What is not given comes from the environment. */
export interface WorkloadIdentityOptions extends CredentialOptions {
  /** Default: the one that `AZUREML_CURRENT_CLOUD` or `AZURE_AUTHORITY_HOST` names, else the public one. */
  readonly cloud?: Cloud | undefined;
  /** Default: `AZURE_TENANT_ID`. */
  readonly tenantId?: string | undefined;
  /** Default: `AZURE_CLIENT_ID`. */
  readonly clientId?: string | undefined;
  /** Tenants, beside its own, that `getToken` may ask for; `*` allows all. Default: none. */
  readonly additionallyAllowedTenants?: readonly string[] | undefined;
  /** File with the signed token. Default: `AZURE_FEDERATED_TOKEN_FILE`. */
  readonly tokenFilePath?: string | undefined;
  /**
   * Sends the request through the token proxy of AKS that `AZURE_KUBERNETES_TOKEN_PROXY` names: for pods with an
   * identity binding. Where the variable is not set, nothing changes. Default `false`.
   */
  readonly identityBinding?: boolean | undefined;
  /** Default: `process.env`. */
  readonly env?: Environment | undefined;
}

const VARIABLES = ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_FEDERATED_TOKEN_FILE'] as const;

/**
 * Signs in with the token file that Kubernetes (Microsoft Entra Workload ID) and other platforms
 * project into a container. The file is read anew whenever a token must be fetched: what rotates it
 * is never behind.
 *
 * On AKS with identity bindings, `identityBinding` sends the request through the token proxy of the cluster.
 *
 * Where a variable is missing, `getToken` rejects with `AML_NOT_CONFIGURED`, and a chain goes on.
 *
 * Source: [Microsoft Entra Workload ID](https://azure.github.io/azure-workload-identity/docs/quick-start.html).
 */
export function fromWorkloadIdentity(options: WorkloadIdentityOptions = {}): Credential {
  const { tenantId, clientId, tokenFilePath, identityBinding = false, env = process.env, ...rest } = options;
  const make = (): Credential => {
    const settings = requireVariables(
      {
        AZURE_TENANT_ID: tenantId ?? env['AZURE_TENANT_ID'],
        AZURE_CLIENT_ID: clientId ?? env['AZURE_CLIENT_ID'],
        AZURE_FEDERATED_TOKEN_FILE: tokenFilePath ?? env['AZURE_FEDERATED_TOKEN_FILE'],
      },
      VARIABLES,
      'Label the pod with azure.workload.identity/use: "true", or set the variables.',
    );
    const proxy = identityBinding ? readTokenProxy(env) : undefined;
    return fromTokenFile({
      ...rest,
      cloud: rest.cloud ?? knownCloudFromEnvironment(env),
      ...(proxy === undefined ? {} : { fetch: proxyFetch(proxy) }),
      tenantId: settings.AZURE_TENANT_ID,
      clientId: settings.AZURE_CLIENT_ID,
      tokenFilePath: settings.AZURE_FEDERATED_TOKEN_FILE,
    });
  };
  return lazyCredential('workloadIdentity', make, () => findings(env, tokenFilePath));
}

function findings(env: Environment, tokenFilePath: string | undefined): Finding[] {
  const path = tokenFilePath ?? env['AZURE_FEDERATED_TOKEN_FILE'];
  return [
    ...variableFindings(env, VARIABLES),
    ...(path ? [{ what: `file ${path}`, found: builtins.fs.existsSync(path) }] : []),
  ];
}
