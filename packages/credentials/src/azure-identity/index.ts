export {
  fromTokenCredential,
  type TokenCredentialLike,
  type TokenCredentialOptions,
  type TokenCredentialRequest,
} from './from-token-credential.js';
