import type { Emulator } from '@aml-auth/emulator';

type Environment = Readonly<Partial<Record<string, string>>>;

/** What leads a program to another cloud, or to another identity, than those of the emulator. */
const FOREIGN = [
  'AZURE_AUTHORITY_HOST',
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_CLIENT_CERTIFICATE_PASSWORD',
  'AZURE_CLIENT_SEND_CERTIFICATE_CHAIN',
  'AZURE_USERNAME',
  'AZURE_PASSWORD',
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_REGIONAL_AUTHORITY_NAME',
  'AZURE_POD_IDENTITY_AUTHORITY_HOST',
  'IDENTITY_ENDPOINT',
  'IDENTITY_HEADER',
  'IDENTITY_SERVER_THUMBPRINT',
  'IMDS_ENDPOINT',
  'MSI_ENDPOINT',
  'MSI_SECRET',
  'OBO_ENDPOINT',
  'DEFAULT_IDENTITY_CLIENT_ID',
  'ARM_CLOUD_METADATA_URL',
  'AZUREML_CURRENT_CLOUD',
  'ARM_ENVIRONMENT',
  'ARM_METADATA_HOST',
  'ARM_METADATA_HOSTNAME',
  'ARM_TENANT_ID',
  'ARM_CLIENT_ID',
  'ARM_CLIENT_ID_FILE_PATH',
  'ARM_CLIENT_SECRET',
  'ARM_CLIENT_SECRET_FILE_PATH',
  'ARM_CLIENT_CERTIFICATE',
  'ARM_CLIENT_CERTIFICATE_PASSWORD',
  'ARM_CLIENT_CERTIFICATE_PATH',
  'ARM_MSI_ENDPOINT',
  'ARM_OIDC_REQUEST_TOKEN',
  'ARM_OIDC_REQUEST_URL',
  'ARM_OIDC_TOKEN',
  'ARM_OIDC_TOKEN_FILE_PATH',
  'ARM_SUBSCRIPTION_ID',
  'ARM_USE_AKS_WORKLOAD_IDENTITY',
  'ARM_USE_CLI',
  'ARM_USE_MSI',
  'ARM_USE_OIDC',
] as const;

/** Other ways past the emulator's proxy. */
const FOREIGN_PROXIES = ['ALL_PROXY', 'all_proxy'] as const;

/**
 * The environment of a program that is to use the emulator: the user's own, without what would lead the program
 * elsewhere, and the emulator's variables.
 */
export function childEnvironment(
  own: Environment,
  emulator: Pick<Emulator, 'env'>,
  options: { readonly app?: string | undefined; readonly proxy: boolean },
): Environment {
  const variables = emulator.env(options.app);
  const foreign = new Set<string>([...FOREIGN, ...(options.proxy ? FOREIGN_PROXIES : [])]);
  const kept = Object.entries(own).filter(([name]) => !foreign.has(name));
  const { JAVA_TOOL_OPTIONS: javaOptions } = variables;
  return {
    ...Object.fromEntries(kept),
    ...variables,
    // The user's options stay; of two that say different things the later one counts.
    ...(javaOptions === undefined || own['JAVA_TOOL_OPTIONS'] === undefined
      ? {}
      : { JAVA_TOOL_OPTIONS: `${own['JAVA_TOOL_OPTIONS']} ${javaOptions}` }),
  };
}
