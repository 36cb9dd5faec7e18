export {
  toAdalTokenResponse,
  type AdalTokenContext,
  type AdalTokenResponse,
} from './adal/to-adal-token-response.js';
export { fromAzureCli, type AzureCliOptions } from './azure-cli/from-azure-cli.js';
export {
  fromAzureMLOnBehalfOf,
  type AzureMLOnBehalfOfOptions,
} from './azure-ml-on-behalf-of/from-azure-ml-on-behalf-of.js';
export {
  azureCliAuthentication,
  type AzureCliAuthenticationOptions,
} from './azureml-core/azure-cli-authentication.js';
export {
  interactiveLoginAuthentication,
  type InteractiveLoginOptions,
} from './azureml-core/interactive-login-authentication.js';
export {
  msiAuthentication,
  type MsiIdentityConfig,
  type MsiOptions,
} from './azureml-core/msi-authentication.js';
export {
  servicePrincipalAuthentication,
  type ServicePrincipalOptions,
} from './azureml-core/service-principal-authentication.js';
export { fromAzurePipelines, type AzurePipelinesOptions } from './azure-pipelines/from-azure-pipelines.js';
export { fromBrowser, type BrowserOptions } from './browser/from-browser.js';
export type { SignInWishes } from './browser/authorize-url.js';
export type { ResultPages } from './browser/result-page.js';
export { chain } from './chains/chain.js';
export type { SignInChainOptions } from './chains/links.js';
export { azureMLChain, defaultChain, developmentChain, productionChain } from './chains/ready-made-chains.js';
export {
  fromClientAssertion,
  type ClientAssertionOptions,
} from './client-assertion/from-client-assertion.js';
export type { AssertionSource } from './client-assertion/prove-by-assertion.js';
export {
  fromClientCertificate,
  type ClientCertificateOptions,
} from './client-certificate/from-client-certificate.js';
export type { CertificateSource, CertificateUse } from './client-certificate/prove-by-certificate.js';
export { fromClientSecret, type ClientSecretOptions } from './client-secret/from-client-secret.js';
export type { CredentialOptions } from './credential-options.js';
export { fromDeviceCode, type DeviceCodeOptions } from './device-code/from-device-code.js';
export type { DeviceCodePrompt } from './device-code/parse-device-code.js';
export { AADSTS_ERRORS } from './entra/aadsts/aadsts-errors.js';
export type { AadstsFacts, AadstsTable } from './entra/aadsts/aadsts-facts.js';
export { SIGN_IN_CASES, type SignInCase } from './entra/aadsts/sign-in-cases.js';
export type { SignInSubject } from './entra/entra-error.js';
export { fromEnvironment, type EnvironmentOptions } from './environment/from-environment.js';
export { fromGitHubActions, type GitHubActionsOptions } from './github-actions/from-github-actions.js';
export {
  fromManagedIdentity,
  type ManagedIdentityOptions,
} from './managed-identity/from-managed-identity.js';
export type { MetadataServiceUse } from './managed-identity/sources/imds.js';
export type { IdentitySelector } from './managed-identity/selector.js';
export type { ApplicationOptions } from './lib/application-credential.js';
export type { Environment } from './lib/settings.js';
export { fromOidcSource, type OidcSourceOptions } from './oidc-source/from-oidc-source.js';
export type {
  OidcFile,
  OidcFormat,
  OidcProgram,
  OidcSource,
  OidcUrl,
  OidcVariable,
} from './oidc-source/oidc-source.js';
export {
  fromOnBehalfOf,
  type OnBehalfOfOptions,
  type OnBehalfOfProof,
  type OnBehalfOfUser,
} from './on-behalf-of/from-on-behalf-of.js';
export { fromProcess, type ProcessOptions } from './process/from-process.js';
export { fromSdkAuthFile, type SdkAuthFileOptions } from './sdk-auth-file/from-sdk-auth-file.js';
export { fromUserSession, type UserSessionOptions } from './user-session/from-user-session.js';
export type { KeptUserSession, UserSessionStore } from './user-session/user-session-store.js';
export {
  fromWorkloadIdentity,
  type WorkloadIdentityOptions,
} from './workload-identity/from-workload-identity.js';
