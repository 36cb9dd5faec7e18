import { isGuid, type Credential } from '@aml-auth/core';
import { fromAzureCli } from '../azure-cli/from-azure-cli.js';
import { fromAzureMLOnBehalfOf } from '../azure-ml-on-behalf-of/from-azure-ml-on-behalf-of.js';
import { fromBrowser } from '../browser/from-browser.js';
import type { CredentialOptions } from '../credential-options.js';
import { fromDeviceCode } from '../device-code/from-device-code.js';
import type { DeviceCodePrompt } from '../device-code/parse-device-code.js';
import { fromEnvironment } from '../environment/from-environment.js';
import { fromGitHubActions } from '../github-actions/from-github-actions.js';
import { lazyCredential } from '../lib/lazy-credential.js';
import { requireVariables, variableFindings, type Environment } from '../lib/settings.js';
import { fromManagedIdentity } from '../managed-identity/from-managed-identity.js';
import { fromWorkloadIdentity } from '../workload-identity/from-workload-identity.js';
import type { SignInLink } from './sign-in-link.js';

/** Options of the ready-made chains; each is handed to the links that know it. */
export interface SignInChainOptions extends CredentialOptions {
  /** Tenant of people who sign in: Azure CLI, browser, device code. Default: that of their session. */
  readonly tenantId?: string | undefined;
  /** Client id of a user-assigned managed identity. Default: `AZURE_CLIENT_ID`, as in the Azure SDKs. */
  readonly managedIdentityClientId?: string | undefined;
  /** Tenants, beside their own, that tokens of people may be asked for; `*` allows all. Default: none. */
  readonly additionallyAllowedTenants?: readonly string[] | undefined;
  /** Adds the browser as the last but one link where people sign in. Default `false`: nobody is interrupted. */
  readonly browser?: boolean | undefined;
  /** Adds device code as the last link where people sign in, and shows the code. */
  readonly onPrompt?: ((prompt: DeviceCodePrompt) => unknown) | undefined;
  /** Default: `process.env`. */
  readonly env?: Environment | undefined;
}

/** What the links need, with the defaults filled in. */
interface Parts {
  readonly env: Environment;
  /** For methods whose tokens may go into a store. */
  readonly stored: CredentialOptions;
  /** For methods whose tokens stay in memory. */
  readonly unstored: Omit<CredentialOptions, 'tokenStore'>;
}

/** For machines and services, in order: environment, workload identity, GitHub Actions, managed identity. */
export function productionLinks(options: SignInChainOptions): SignInLink[] {
  const { env, stored } = partsOf(options);
  return [
    { sdkName: 'EnvironmentCredential', group: 'prod', make: () => fromEnvironment({ ...stored, env }) },
    {
      sdkName: 'WorkloadIdentityCredential',
      group: 'prod',
      make: () => fromWorkloadIdentity({ ...stored, env }),
    },
    { sdkName: undefined, group: 'prod', make: () => gitHubActions(env, stored) },
    { sdkName: 'ManagedIdentityCredential', group: 'prod', make: (alone) => managedIdentity(options, alone) },
  ];
}

/** For people, in order: Azure CLI, then browser and device code where they are asked for. */
export function developmentLinks(options: SignInChainOptions): SignInLink[] {
  const { env, stored, unstored } = partsOf(options);
  const { browser = false, onPrompt, tenantId, additionallyAllowedTenants } = options;
  const person = { tenantId, additionallyAllowedTenants };
  return [
    { sdkName: 'AzureCliCredential', group: 'dev', make: () => fromAzureCli({ ...stored, ...person, env }) },
    ...(browser ? [devLink(() => fromBrowser({ ...unstored, ...person, env }))] : []),
    ...(onPrompt === undefined ? [] : [devLink(() => fromDeviceCode({ ...unstored, ...person, onPrompt }))]),
  ];
}

/** For Azure Machine Learning, in order: the job's user, the identity of the compute. */
export function azureMLLinks(options: SignInChainOptions): SignInLink[] {
  const { env, unstored } = partsOf(options);
  return [
    { sdkName: undefined, group: 'prod', make: () => fromAzureMLOnBehalfOf({ ...unstored, env }) },
    { sdkName: 'ManagedIdentityCredential', group: 'prod', make: () => computeIdentity(options) },
  ];
}

function devLink(make: () => Credential): SignInLink {
  return { sdkName: undefined, group: 'dev', make };
}

function managedIdentity(options: SignInChainOptions, alone: boolean): Credential {
  const { env, unstored } = partsOf(options);
  return fromManagedIdentity({
    ...unstored,
    env,
    clientId: identityClientId(options, env),
    // Who names it alone knows that it is there.
    metadataService: alone ? 'assume-present' : 'probe',
  });
}

/** Only where the variables of Azure Machine Learning are: elsewhere the metadata service is not looked for yet. */
function computeIdentity(options: SignInChainOptions): Credential {
  const { env, unstored } = partsOf(options);
  const make = (): Credential => {
    requireVariables(env, COMPUTE_VARIABLES, 'Run on compute of Azure Machine Learning.');
    return fromManagedIdentity({ ...unstored, env, clientId: options.managedIdentityClientId });
  };
  return lazyCredential('managedIdentity', make, () =>
    variableFindings(env, [...COMPUTE_VARIABLES, 'DEFAULT_IDENTITY_CLIENT_ID']),
  );
}

const COMPUTE_VARIABLES = ['MSI_ENDPOINT', 'MSI_SECRET'] as const;

function gitHubActions(env: Environment, stored: CredentialOptions): Credential {
  const make = (): Credential => {
    const { AZURE_TENANT_ID: tenantId, AZURE_CLIENT_ID: clientId } = requireVariables(
      env,
      GITHUB_VARIABLES,
      'Set AZURE_TENANT_ID and AZURE_CLIENT_ID, and give the job the permission "id-token: write".',
    );
    return fromGitHubActions({ ...stored, env, tenantId, clientId });
  };
  return lazyCredential('gitHubActions', make, () => variableFindings(env, GITHUB_VARIABLES));
}

const GITHUB_VARIABLES = [
  'ACTIONS_ID_TOKEN_REQUEST_URL',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
] as const;

/** A value that is no client id is left alone: other tools may mean something else by it. */
function identityClientId(
  { managedIdentityClientId }: SignInChainOptions,
  env: Environment,
): string | undefined {
  const { AZURE_CLIENT_ID: fromVariable = '' } = env;
  return managedIdentityClientId ?? (isGuid(fromVariable) ? fromVariable : undefined);
}

function partsOf({
  env = process.env,
  cloud,
  tokenStore,
  logger,
  events,
  fetch,
  timeLimitMs,
  clock,
}: SignInChainOptions): Parts {
  const unstored = { cloud, logger, events, fetch, timeLimitMs, clock };
  return { env, unstored, stored: { ...unstored, tokenStore } };
}
