export {
  createExternalIssuer,
  type ExternalIssuer,
  type ExternalIssuerOptions,
} from './create-external-issuer.js';
export { EMULATOR_CLIENTS, type EmulatorClient } from './client-variables.js';
export type {
  ActiveFault,
  FaultAction,
  FaultControl,
  FaultInput,
  FaultMatch,
  FaultPreset,
  FaultRule,
  TlsFlaw,
} from './control/faults/fault-rule.js';
export type { AccessSubject, Evaluation, PolicyOutcome } from './conditional-access/evaluate-access.js';
export type { AccessTrace, RbacTrace } from './core/call-trace.js';
export type { DecodedToken, Exchange, RecordedMessage } from './core/exchange.js';
export type { ClockState, EmulatorClock } from './control/emulator-clock.js';
export { seededRandom, systemRandom, type Random } from './core/random.js';
export type { EmulatorSnapshot } from './core/store.js';
export type { HostKind } from './core/resource-rows.js';
export type {
  Emulator,
  EmulatorApp,
  EmulatorCompute,
  EmulatorEndpoint,
  EmulatorHost,
  EmulatorIdentity,
  EmulatorCertificate,
  EmulatorOptions,
  EmulatorPrincipal,
  EmulatorSubscription,
  EmulatorTenant,
  EmulatorUser,
  EmulatorWorkspace,
  OperationFailureOptions,
  SignInOptions,
  SignInResult,
} from './emulator.js';
export { demoSeed } from './seed/demo-seed.js';
export type {
  EmulatorSeed,
  SeedApp,
  SeedCertificate,
  SeedFederatedCredential,
  SeedCompute,
  SeedGroup,
  SeedHost,
  SeedIdentity,
  SeedIssuer,
  SeedKeySet,
  SeedNamedLocation,
  SeedResource,
  SeedResourceGroup,
  SeedSecret,
  SeedStepUp,
  SeedSubscription,
  SeedTenant,
  SeedUser,
  SeedWorkspace,
} from './seed/emulator-seed.js';
export type {
  SeedClassicAdministrator,
  SeedDenyAssignment,
  SeedManagementGroup,
  SeedPermission,
  SeedRoleAssignment,
  SeedRoleDefinition,
} from './seed/seed-access.js';
export type { SeedClock } from './seed/seed-clock.js';
export type { SeedDatastore, SeedEndpoint, SeedJob } from './seed/workspace-seed.js';
export type { SeedGrantControl, SeedGraphPolicy, SeedPolicy } from './seed/seed-policy.js';
export type { SeedOperationFailure, SeedOperations } from './seed/seed-operations.js';
export type { SeedBucket, SeedThrottling } from './seed/throttling-schema.js';
export { checkSeed, type SeedProblem } from './seed/check-seed.js';
export { parseSeed, seedJsonSchema } from './seed/parse-seed.js';
export { TLS_HOSTS as PROXY_HOSTS } from './proxy/virtual-hosts.js';
export { startEmulator } from './start-emulator.js';
export {
  createCertificateAuthority,
  type CertificateAuthority,
  type CertificateAuthorityOptions,
  type LeafCertificate,
} from './tls/certificate-authority.js';
export { keepCertificateAuthority } from './tls/keep-certificate-authority.js';
export { writeTrustFiles, type TrustFiles } from './tls/trust-files.js';
export { trustEmulator } from './trust-emulator.js';
