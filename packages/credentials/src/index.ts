export { fromClientSecret, type ClientSecretOptions } from './client-secret/from-client-secret.js';
export { AADSTS_ERRORS, type AadstsFacts } from './entra/aadsts.js';
export type { CredentialOptions } from './credential-options.js';
