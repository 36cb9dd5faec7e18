/** A Conditional Access policy in short form. */
export interface SeedPolicy {
  /** The name that people see. */
  readonly name: string;
  /** Default `enabled`. */
  readonly state?: 'enabled' | 'disabled' | 'report-only' | undefined;
  /**
   * Whom it is for: `all`, user principal names, `group:{name}`, `role:{directory role}`, or object ids; or applications that act
   * for themselves, as `app:{name}`, which a policy can only block.
   */
  readonly users: readonly string[];
  /**
   * The resources: `all`, `arm`, `graph`, `machine-learning`, `app:{name}`, or application ids; or
   * authentication contexts, as `context:c1`.
   */
  readonly apps: readonly string[];
  /** What it takes to get a token; all of it where there are several. It may be left out beside `signInFrequency`. */
  readonly grant?: SeedGrantControl | readonly SeedGrantControl[] | undefined;
  /** How long a sign-in counts: hours or days such as `4h` and `7d`, or `every-time`. Default: no limit. */
  readonly signInFrequency?: string | undefined;
  /** From where: `all`, `trusted` or names of named locations. Default: from everywhere. */
  readonly locations?: readonly string[] | undefined;
  /** From where not, in the form of `locations`. */
  readonly exceptLocations?: readonly string[] | undefined;
  /** Whom it is not for, in the form of `users`. */
  readonly exclude?: readonly string[] | undefined;
}

/** What a policy in short form wants. */
export type SeedGrantControl = 'block' | 'mfa' | 'compliantDevice';

/** A Conditional Access policy as Microsoft Graph writes it (`conditionalAccessPolicy`), with its ids. */
export interface SeedGraphPolicy {
  /** GUID. Default: follows from the names of the tenant and the policy. */
  readonly id?: string | undefined;
  /** The name that people see. */
  readonly displayName: string;
  /** Whether it holds, or only says in the sign-in log what it would do. */
  readonly state: 'enabled' | 'disabled' | 'enabledForReportingButNotEnforced';
  /** When it applies (`conditionalAccessConditionSet`). */
  readonly conditions: Readonly<Record<string, unknown>>;
  /** What it takes to get a token (`conditionalAccessGrantControls`). Default: nothing. */
  readonly grantControls?: Readonly<Record<string, unknown>> | null | undefined;
  /**
   * What holds afterwards (`conditionalAccessSessionControls`): here `signInFrequency` counts. Default:
   * nothing.
   */
  readonly sessionControls?: Readonly<Record<string, unknown>> | null | undefined;
}
