/** A custom role. */
export interface SeedRoleDefinition {
  /** By which role assignments name it; unique in a tenant. */
  readonly name: string;
  /** GUID. Default: follows from the tenant and the name. */
  readonly id?: string | undefined;
  /** For people. Default: none. */
  readonly description?: string | undefined;
  /** Patterns of operations that it grants. Default: none. */
  readonly actions?: readonly string[] | undefined;
  /** What of `actions` it does not grant. Default: none. */
  readonly notActions?: readonly string[] | undefined;
  /** As `actions`, for operations on data. */
  readonly dataActions?: readonly string[] | undefined;
  /** As `notActions`, for operations on data. */
  readonly notDataActions?: readonly string[] | undefined;
  /** In place of the four lists: several entries, each of which counts by itself. */
  readonly permissions?: readonly SeedPermission[] | undefined;
  /** Scopes by name, as in {@link SeedRoleAssignment.scope}. */
  readonly assignableScopes: readonly string[];
}

/** A role assignment. */
export interface SeedRoleAssignment {
  /**
   * `app:{name}`, `user:{upn}`, `group:{name}`, `identity:{name}`, `compute:{workspace}/{name}`, `endpoint:{name}`,
   * `host:{name}`, or an object id.
   */
  readonly principal: string;
  /** Name or GUID of a role. */
  readonly role: string;
  /**
   * `/`, `/{subscription}[/{resource group}[/{workspace}]]` by name, `managementGroup:{name}`, or a resource
   * id.
   */
  readonly scope: string;
  /** For people. Default: none. */
  readonly description?: string | undefined;
  /** A condition (ABAC) of version 2.0. */
  readonly condition?: string | undefined;
  /** True for a role that the principal could activate in Privileged Identity Management. It allows nothing. */
  readonly eligible?: boolean | undefined;
  /** Eligible only: `+1d`, `-1h` (`d`, `h`, `m`, `s`, from the start of the emulator) or ISO 8601. Default: the start. */
  readonly starts?: string | undefined;
  /** Eligible only, as `starts`. Default: no end. */
  readonly ends?: string | undefined;
}

/** One entry of a custom role. */
export interface SeedPermission {
  /** Patterns of operations that it grants. Default: none. */
  readonly actions?: readonly string[] | undefined;
  /** What of `actions` it does not grant. Default: none. */
  readonly notActions?: readonly string[] | undefined;
  /** As `actions`, for operations on data. */
  readonly dataActions?: readonly string[] | undefined;
  /** As `notActions`, for operations on data. */
  readonly notDataActions?: readonly string[] | undefined;
  /** A condition (ABAC) of version 2.0. */
  readonly condition?: string | undefined;
}

/** A management group. The root, with the tenant id as its name, is there without standing here. */
export interface SeedManagementGroup {
  /** Letters, digits and `-_().`, up to 90. */
  readonly name: string;
  /** Default: its name. */
  readonly displayName?: string | undefined;
  /** Name of the management group above it; it may stand further down. Default: the root. */
  readonly parent?: string | undefined;
  /** Names or ids of the subscriptions in it. Subscriptions that stand in none lie at the root. */
  readonly subscriptions?: readonly string[] | undefined;
  /** Name of its tenant. Default: the only tenant. */
  readonly tenant?: string | undefined;
}

/** A deny assignment, such as those of managed applications and deployment stacks. */
export interface SeedDenyAssignment {
  /** Its display name. */
  readonly name: string;
  /** Its GUID. */
  readonly id?: string | undefined;
  /** For people. Default: none. */
  readonly description?: string | undefined;
  /** As in `roleAssignments`. */
  readonly scope: string;
  /** Patterns of operations that are denied. Default: none. */
  readonly actions?: readonly string[] | undefined;
  /** What is not denied. */
  readonly notActions?: readonly string[] | undefined;
  /** As `actions`, for operations on data. */
  readonly dataActions?: readonly string[] | undefined;
  /** As `notActions`, for operations on data. */
  readonly notDataActions?: readonly string[] | undefined;
  /** As `principal` in `roleAssignments`, or `everyone`. Default: `everyone`. */
  readonly principals?: readonly string[] | undefined;
  /** Whom it spares, also where `principals` name them. */
  readonly excludePrincipals?: readonly string[] | undefined;
  /** Default false. */
  readonly doNotApplyToChildScopes?: boolean | undefined;
  /** Default true. */
  readonly isSystemProtected?: boolean | undefined;
}

/** Somebody who managed a subscription before there was Azure RBAC. The emulator lists them; they may nothing. */
export interface SeedClassicAdministrator {
  /** By which Azure lists the person; it need not be that of a user of the seed. */
  readonly email: string;
  /** Default `CoAdministrator`. */
  readonly role?: 'AccountAdministrator' | 'ServiceAdministrator' | 'CoAdministrator' | undefined;
}
