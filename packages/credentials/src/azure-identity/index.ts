export {
  fromTokenCredential,
  type TokenCredentialLike,
  type TokenCredentialOptions,
} from './from-token-credential.js';
