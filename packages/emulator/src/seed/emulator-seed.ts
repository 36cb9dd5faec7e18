import type {
  SeedClassicAdministrator,
  SeedDenyAssignment,
  SeedManagementGroup,
  SeedRoleAssignment,
  SeedRoleDefinition,
} from './seed-access.js';
import type { SeedClock } from './seed-clock.js';
import type { SeedOperations } from './seed-operations.js';
import type { SeedThrottling } from './throttling-schema.js';
import type { SeedGraphPolicy, SeedPolicy } from './seed-policy.js';
import type { SeedDatastore, SeedEndpoint, SeedJob } from './workspace-seed.js';

/**
 * What the emulated cloud holds at the start. Names stand for things; their ids follow from the
 * names, so that the same seed always gives the same ids.
 */
export interface EmulatorSeed {
  /** Of the form of the seed. */
  readonly version?: 1 | undefined;
  /** Default: the machine's clock, or the one that `startEmulator` was given. */
  readonly clock?: SeedClock | undefined;
  /** One or more. */
  readonly tenants: readonly SeedTenant[];
  /** Default: none. */
  readonly subscriptions?: readonly SeedSubscription[] | undefined;
  /** Other identity providers, whose tokens federated credentials name. */
  readonly issuers?: readonly SeedIssuer[] | undefined;
  /** Below the root of each tenant. Default: none. */
  readonly managementGroups?: readonly SeedManagementGroup[] | undefined;
  /** Custom roles. */
  readonly roleDefinitions?: readonly SeedRoleDefinition[] | undefined;
  /** Active and eligible ones. Default: none, and nobody may do anything. */
  readonly roleAssignments?: readonly SeedRoleAssignment[] | undefined;
  /** Long-running operations of Azure Resource Manager. */
  readonly operations?: SeedOperations | undefined;
  /** How Azure Resource Manager limits requests. Default: more than any test needs. */
  readonly throttling?: SeedThrottling | undefined;
  /** Default: none. */
  readonly denyAssignments?: readonly SeedDenyAssignment[] | undefined;
  /** Machines and services with a managed-identity endpoint. Every compute has one without standing here. */
  readonly hosts?: readonly SeedHost[] | undefined;
}

/** A directory. */
export interface SeedTenant {
  /** Its initial domain is `{name}.onmicrosoft.com`. */
  readonly name: string;
  /** GUID. Default: follows from the name. */
  readonly id?: string | undefined;
  /** Further domains. */
  readonly domains?: readonly string[] | undefined;
  /** Default: none. */
  readonly users?: readonly SeedUser[] | undefined;
  /** Default: none. */
  readonly groups?: readonly SeedGroup[] | undefined;
  /** Application registrations, each with a service principal. Default: none. */
  readonly apps?: readonly SeedApp[] | undefined;
  /** What Azure Resource Manager and Microsoft Graph want of users before they do something. */
  readonly stepUp?: readonly SeedStepUp[] | undefined;
  /** Places that policies can name. */
  readonly namedLocations?: readonly SeedNamedLocation[] | undefined;
  /** Conditional Access policies, in short form or as Microsoft Graph writes them. */
  readonly conditionalAccess?: readonly (SeedPolicy | SeedGraphPolicy)[] | undefined;
  /** Most custom roles that can be made. Default 5,000, as in Azure. */
  readonly customRoleLimit?: number | undefined;
}

/** A place, by the addresses that requests come from. */
export interface SeedNamedLocation {
  /** By which policies name it. */
  readonly name: string;
  /** GUID. Default: follows from the names of the tenant and the place. */
  readonly id?: string | undefined;
  /** In CIDR notation, such as `203.0.113.0/24` or `127.0.0.0/8`. */
  readonly ranges: readonly string[];
  /** Default false. */
  readonly trusted?: boolean | undefined;
}

/** A service's wish for an authentication context in users' tokens. Applications are exempt. */
export interface SeedStepUp {
  /** Who wants it: Azure Resource Manager or Microsoft Graph. */
  readonly service: 'arm' | 'graph';
  /** `c1` to `c99`, or `p1`: the second factor that Azure asks for writes. */
  readonly context: string;
  /**
   * Operations, with wildcards: of Azure RBAC such as `Microsoft.MachineLearningServices/workspaces/delete`,
   * or of Microsoft Graph such as `policy.write`. Default: whatever creates, changes and deletes.
   */
  readonly operations?: readonly string[] | undefined;
}

/** A person. */
export interface SeedUser {
  /** User principal name; `alice@contoso` is short for `alice@contoso.onmicrosoft.com`. */
  readonly upn: string;
  /** Default: the part before the `@`. */
  readonly name?: string | undefined;
  /** Default: none, and the user cannot sign in. */
  readonly password?: string | undefined;
  /** `registered`: the sign-in pages ask for a second step. Default `none`. */
  readonly mfa?: 'registered' | 'none' | undefined;
  /**
   * `disabled` (AADSTS50057), `locked` after too many wrong passwords (50053), or with a password that has
   * expired or must be changed (50055). Default `active`.
   */
  readonly state?: 'active' | 'disabled' | 'locked' | 'password-expired' | 'must-change-password' | undefined;
  /** Names of built-in directory roles, such as `Global Administrator`. */
  readonly roles?: readonly string[] | undefined;
  /** Object id. Default: follows from the user principal name. */
  readonly id?: string | undefined;
}

/** A security group. */
export interface SeedGroup {
  /** By which the rest of the seed names it; unique in its tenant. */
  readonly name: string;
  /** Object id. Default: follows from the names of the tenant and the group. */
  readonly id?: string | undefined;
  /** User principal names, `app:{name}`, or `group:{name}`. */
  readonly members?: readonly string[] | undefined;
}

/** An application registration with its service principal. */
export interface SeedApp {
  /** By which the rest of the seed names it; unique in its tenant. */
  readonly name: string;
  /** GUID. Default: follows from the names of the tenant and the application. */
  readonly clientId?: string | undefined;
  /** Object id of the registration. */
  readonly objectId?: string | undefined;
  /** Object id of the service principal, which roles are assigned to. */
  readonly servicePrincipalId?: string | undefined;
  /** Its client secrets. Default: none. */
  readonly secrets?: readonly SeedSecret[] | undefined;
  /** Whether it signs users in without a secret, as programs on a user's machine do. Default false. */
  readonly public?: boolean | undefined;
  /**
   * Where users may be sent back to. Any port of a loopback address counts as the same, everything else
   * must be equal. Default: `http://localhost` for a public application, none for others.
   */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * What its client assertions may be signed with: PEM texts, or `generate` for a new certificate,
   * which `app()` gives together with its private key.
   */
  readonly certificates?: readonly (string | SeedCertificate)[] | undefined;
  /** Tokens of other identity providers that stand for it (workload identity federation). */
  readonly federated?: readonly SeedFederatedCredential[] | undefined;
  /** Those of `redirectUris` that belong to single-page applications, whose refresh tokens end after a day. */
  readonly spaRedirectUris?: readonly string[] | undefined;
  /** Whether `/common` and its like may be used with it. Default false (AADSTS50194). */
  readonly multiTenant?: boolean | undefined;
  /**
   * Which users and groups alone may sign in to it: as {@link SeedGroup.members}, and only direct members
   * of a group. Default: everybody.
   */
  readonly assignedTo?: readonly string[] | undefined;
  /** Application permissions of Microsoft Graph, with admin consent, such as `Directory.Read.All`. */
  readonly graphPermissions?: readonly string[] | undefined;
  /** Who may manage the registration in Microsoft Graph: as {@link SeedGroup.members}. */
  readonly owners?: readonly string[] | undefined;
  /** Version of the access tokens that others get for it, as `requestedAccessTokenVersion` says. Default 1. */
  readonly tokenVersion?: 1 | 2 | undefined;
  /** Lifetime of access tokens in seconds, 60 to 86,400. Default 3,600. */
  readonly tokenLifetime?: number | undefined;
}

/** A client secret. */
export interface SeedSecret {
  /** The secret itself, as clients send it. */
  readonly value: string;
  /** Its display name. Default: none. */
  readonly name?: string | undefined;
  /** `+90d`, `-1h` (`d`, `h`, `m`, `s`, from the start of the emulator) or an ISO 8601 time. Default `+180d`. */
  readonly expires?: string | undefined;
}

/** A certificate, with an RSA key of 2,048 bits or more. */
export interface SeedCertificate {
  /** The certificate, or `generate`. Leave its private key out. */
  readonly pem: string;
  /** Its display name. Default: none. */
  readonly name?: string | undefined;
  /** As in {@link SeedSecret.expires}. Default: when the certificate ends; a generated one lasts a year. */
  readonly expires?: string | undefined;
}

/** A federated identity credential. All parts are compared with their case. */
export interface SeedFederatedCredential {
  /** `iss` of the tokens; an https URL. */
  readonly issuer: string;
  /** `sub` of the tokens. */
  readonly subject: string;
  /** `aud` of the tokens. Default `api://AzureADTokenExchange`. */
  readonly audience?: string | undefined;
  /** By which it is told from others of the application. Default: `federated-0`, `federated-1` and so on. */
  readonly name?: string | undefined;
}

/** Another identity provider. The emulator takes its keys from here, never from a network. */
export interface SeedIssuer {
  /** An https URL. */
  readonly issuer: string;
  /** Its public keys, as `jwks` of `createExternalIssuer` gives them. */
  readonly keys: SeedKeySet;
}

/** Public keys as a JSON Web Key Set (RFC 7517). Of its keys, RSA keys count. */
export interface SeedKeySet {
  /** JSON Web Keys, without private parts. */
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/** A subscription. */
export interface SeedSubscription {
  /** By which the rest of the seed names it. */
  readonly name: string;
  /** GUID. Default: follows from the name. */
  readonly id?: string | undefined;
  /** Name of its tenant. Default: the only tenant. */
  readonly tenant?: string | undefined;
  /** Default: none. */
  readonly classicAdministrators?: readonly SeedClassicAdministrator[] | undefined;
  /** Most role assignments that can be made in it, at all scopes together. Default 4,000, as in Azure. */
  readonly roleAssignmentLimit?: number | undefined;
  /** Resource providers that the subscription does not use yet, such as `Microsoft.MachineLearningServices`. */
  readonly unregistered?: readonly string[] | undefined;
  /** Default: none. */
  readonly resourceGroups?: readonly SeedResourceGroup[] | undefined;
}

/** A resource group. */
export interface SeedResourceGroup {
  /** Unique in its subscription. */
  readonly name: string;
  /** Default `westeurope`. */
  readonly location?: string | undefined;
  /** Default: none. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** User-assigned managed identities. */
  readonly identities?: readonly SeedIdentity[] | undefined;
  /** Resources of services that the emulator does not have, for workspaces to refer to. */
  readonly resources?: readonly SeedResource[] | undefined;
  /** Workspaces of Azure Machine Learning. Default: none. */
  readonly workspaces?: readonly SeedWorkspace[] | undefined;
}

/** A resource that can be named, and does nothing else. */
export interface SeedResource {
  /** Its resource type. */
  readonly type:
    | 'Microsoft.Storage/storageAccounts'
    | 'Microsoft.KeyVault/vaults'
    | 'Microsoft.Insights/components'
    | 'Microsoft.ContainerRegistry/registries'
    | 'Microsoft.MachineLearningServices/registries';
  /** Unique among those of its type in the resource group. */
  readonly name: string;
  /** Default: that of the resource group. */
  readonly location?: string | undefined;
  /** Default: none. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** A user-assigned managed identity. */
export interface SeedIdentity {
  /** Not `system` or `none`. */
  readonly name: string;
  /** Default: that of the resource group. */
  readonly location?: string | undefined;
}

/** An Azure Machine Learning workspace. */
export interface SeedWorkspace {
  /** Unique in its resource group; 3 to 33 letters, digits, `_` and `-`. */
  readonly name: string;
  /** Default: that of the resource group. */
  readonly location?: string | undefined;
  /** Default `Default`; hubs and projects have `Hub` and `Project`. */
  readonly kind?: string | undefined;
  /** Default `system`: a system-assigned managed identity. */
  readonly identity?: 'system' | 'none' | undefined;
  /** Default: none. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Clusters and instances. Default: none. */
  readonly computes?: readonly SeedCompute[] | undefined;
  /** Beside the four that every workspace has. Default: none. */
  readonly datastores?: readonly SeedDatastore[] | undefined;
  /** Online endpoints. Each has a managed-identity endpoint of its own name. */
  readonly endpoints?: readonly SeedEndpoint[] | undefined;
  /** Jobs that have been sent already. Default: none. */
  readonly jobs?: readonly SeedJob[] | undefined;
}

/** A compute target. */
export interface SeedCompute {
  /** Unique in its workspace. */
  readonly name: string;
  /** Default `AmlCompute`: a cluster. */
  readonly kind?: 'AmlCompute' | 'ComputeInstance' | undefined;
  /** `system` (default), `none`, or the name of a user-assigned managed identity. */
  readonly identity?: string | undefined;
  /** Instances only: user principal name of the person whom it is assigned to. */
  readonly user?: string | undefined;
  /**
   * Instances only: whether programs that name no identity get the token of the assigned user.
   * Default true, as in Azure.
   */
  readonly sso?: boolean | undefined;
  /** Instances only. Default `running`. */
  readonly state?: 'running' | 'stopped' | undefined;
}

/** A machine or service with a managed-identity endpoint. */
export interface SeedHost {
  /** Which managed-identity endpoint it has: that of a virtual machine (`vm`), App Service and so on. */
  readonly kind:
    'vm' | 'app-service' | 'aml-compute' | 'aml-online-endpoint' | 'cloud-shell' | 'arc' | 'service-fabric';
  /**
   * Which identities it has: `system` for one of its own, the name of a user-assigned managed identity,
   * or several of these. For `aml-compute` the compute, `{name}` or `{workspace}/{name}`; for
   * `cloud-shell` the user principal name of the person.
   */
  readonly as: string | readonly string[];
  /** Names it in look-ups and in its address. Default: its kind, or the name of the compute. */
  readonly name?: string | undefined;
  /**
   * Where its resource lies: `/{subscription}/{resource group}`, and the workspace for an online
   * endpoint. Default: the first one.
   */
  readonly scope?: string | undefined;
  /** `aml-compute` only: user principal name of the person on whose behalf a job runs there. */
  readonly onBehalfOf?: string | undefined;
  /**
   * `arc` only: where the key files go. `auto` (default) is a folder of the emulator's own; `agent` is
   * the one that clients insist on, `/var/opt/azcmagent/tokens`, which must be writable.
   */
  readonly keyDir?: 'auto' | 'agent' | undefined;
}
