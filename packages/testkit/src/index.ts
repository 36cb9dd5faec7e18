export {
  contract,
  describeContract,
  type AddCase,
  type Closable,
  type ContractCase,
} from './contract-case.js';
export { credentialContract } from './credential/credential-cases.js';
export type { CredentialSubject } from './credential/credential-subject.js';
export { describeCredential } from './credential/describe-credential.js';
export { describeTokenStore, tokenStoreContract } from './token-store/describe-token-store.js';
export {
  otherKeys,
  storedToken,
  tokenKey,
  type TokenStoreSubject,
} from './token-store/token-store-subject.js';
