export { abortable, cancelled, type AbortSignalLike } from './abort.js';
export { createAccessToken, type AccessToken, type AccessTokenInit } from './access-token.js';
export { chain, createChain, type ChainOptions } from './chain.js';
export { systemClock, type Clock } from './clock.js';
export { estimateClockSkew, type ClockSkew } from './clock-skew.js';
export {
  cloudFromEnvironment,
  cloudNamed,
  knownCloudFromEnvironment,
  type CloudEnvironment,
} from './cloud-from-environment.js';
export { cloudFromMetadata, fetchCloud, type FetchCloudOptions } from './cloud-from-metadata.js';
export {
  chinaCloud,
  findCloud,
  knownClouds,
  publicCloud,
  usGovernmentCloud,
  type Cloud,
  type CloudService,
} from './clouds.js';
export type { Credential, CredentialDescription, GetTokenOptions } from './credential.js';
export { createTokenEngine, type TokenEngine, type TokenEngineOptions } from './engine/token-engine.js';
export type { TokenIdentity, TokenRequest } from './engine/token-request.js';
export {
  AmlAuthError,
  ERROR_CODES,
  isAmlAuthError,
  toAmlAuthError,
  type AmlAuthErrorCode,
  type AmlAuthErrorInit,
  type ChainAttempt,
  type ChangeStep,
  type CorrelationIds,
  type Disposition,
  type ErrorCodeFacts,
  type FailedRequest,
  type StepOutcome,
} from './errors.js';
export type { Explanation, Finding, LinkError, LinkOutcome, LinkRecord } from './explain/decision-record.js';
export { explain, type ExplainOptions } from './explain/explain.js';
export { formatExplanation } from './explain/format-explanation.js';
export { defaultScope, isGuid, parseGuid, parseScopes, parseTenantId } from './identifiers.js';
export {
  allowTenants,
  expectIdentity,
  type ExpectedIdentity,
  type GuardOptions,
} from './identity/expect-identity.js';
export { identityOfToken, type ActualIdentity, type IdentityKind } from './identity/identity-of-token.js';
export { tokenClaims } from './identity/token-claims.js';
export { silentLogger, type LogEvent, type Logger } from './logger.js';
export { isUntrustedCertificate, networkError, type NetworkFailure } from './network-error.js';
export { quietLogger } from './quiet-logger.js';
export { redact } from './redact.js';
export { restateError } from './restate-error.js';
export { retryAfterMs } from './retry-after.js';
export {
  joinEvents,
  type EventSink,
  type RefreshEvent,
  type SkipEvent,
  type TokenEvent,
  type TokenEvents,
  type TokenFacts,
} from './token-events.js';
export {
  tokenKeyId,
  type RefreshLease,
  type RefreshLeaseRequest,
  type StoredRefusal,
  type StoredToken,
  type TokenKey,
  type TokenStore,
} from './token-store.js';
