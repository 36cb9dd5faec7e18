export {
  fromTokenCredential,
  type TokenCredentialLike,
  type TokenCredentialOptions,
  type TokenCredentialRequest,
} from './from-token-credential.js';
export {
  toTokenCredential,
  type AzureTokenCredential,
  type CoreAuthTokenOptions,
} from './to-token-credential.js';
