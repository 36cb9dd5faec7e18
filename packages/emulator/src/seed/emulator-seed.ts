/**
 * What the emulated cloud holds at the start. Names stand for things; their ids follow from the
 * names, so that the same seed always gives the same ids.
 */
export interface EmulatorSeed {
  readonly version?: 1 | undefined;
  readonly tenants: readonly SeedTenant[];
  readonly subscriptions?: readonly SeedSubscription[] | undefined;
  /** Custom roles. */
  readonly roleDefinitions?: readonly SeedRoleDefinition[] | undefined;
  readonly roleAssignments?: readonly SeedRoleAssignment[] | undefined;
}

/** A directory. */
export interface SeedTenant {
  /** Its initial domain is `{name}.onmicrosoft.com`. */
  readonly name: string;
  readonly id?: string | undefined;
  /** Further domains. */
  readonly domains?: readonly string[] | undefined;
  readonly users?: readonly SeedUser[] | undefined;
  readonly groups?: readonly SeedGroup[] | undefined;
  readonly apps?: readonly SeedApp[] | undefined;
}

/** A person. */
export interface SeedUser {
  /** User principal name; `alice@contoso` is short for `alice@contoso.onmicrosoft.com`. */
  readonly upn: string;
  /** Default: the part before the `@`. */
  readonly name?: string | undefined;
  readonly id?: string | undefined;
}

/** A security group. */
export interface SeedGroup {
  readonly name: string;
  readonly id?: string | undefined;
  /** User principal names, `app:{name}`, or `group:{name}`. */
  readonly members?: readonly string[] | undefined;
}

/** An application registration with its service principal. */
export interface SeedApp {
  readonly name: string;
  readonly clientId?: string | undefined;
  /** Object id of the registration. */
  readonly objectId?: string | undefined;
  /** Object id of the service principal, which roles are assigned to. */
  readonly servicePrincipalId?: string | undefined;
  readonly secrets?: readonly SeedSecret[] | undefined;
  /** Lifetime of access tokens in seconds, 60 to 86,400. Default 3,600. */
  readonly tokenLifetime?: number | undefined;
}

/** A client secret. */
export interface SeedSecret {
  readonly value: string;
  readonly name?: string | undefined;
  /** `+90d`, `-1h` (`d`, `h`, `m`, `s`, from the start of the emulator) or an ISO 8601 time. Default `+180d`. */
  readonly expires?: string | undefined;
}

/** A subscription. */
export interface SeedSubscription {
  readonly name: string;
  readonly id?: string | undefined;
  /** Name of its tenant. Default: the only tenant. */
  readonly tenant?: string | undefined;
  readonly resourceGroups?: readonly SeedResourceGroup[] | undefined;
}

/** A resource group. */
export interface SeedResourceGroup {
  readonly name: string;
  /** Default `westeurope`. */
  readonly location?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly workspaces?: readonly SeedWorkspace[] | undefined;
}

/** An Azure Machine Learning workspace. */
export interface SeedWorkspace {
  readonly name: string;
  /** Default: that of the resource group. */
  readonly location?: string | undefined;
  /** Default `Default`; hubs and projects have `Hub` and `Project`. */
  readonly kind?: string | undefined;
  /** Default `system`: a system-assigned managed identity. */
  readonly identity?: 'system' | 'none' | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** A custom role. */
export interface SeedRoleDefinition {
  readonly name: string;
  readonly id?: string | undefined;
  readonly description?: string | undefined;
  readonly actions?: readonly string[] | undefined;
  readonly notActions?: readonly string[] | undefined;
  readonly dataActions?: readonly string[] | undefined;
  readonly notDataActions?: readonly string[] | undefined;
  /** Scopes by name, as in {@link SeedRoleAssignment.scope}. */
  readonly assignableScopes: readonly string[];
}

/** A role assignment. */
export interface SeedRoleAssignment {
  /** `app:{name}`, `user:{upn}`, `group:{name}`, or an object id. */
  readonly principal: string;
  /** Name or GUID of a role. */
  readonly role: string;
  /** `/`, `/{subscription}[/{resource group}[/{workspace}]]` by name, or a resource id. */
  readonly scope: string;
}
