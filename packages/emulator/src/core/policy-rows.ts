/** A place that policies can name, by addresses. */
export interface NamedLocation {
  readonly id: string;
  readonly tenantId: string;
  readonly displayName: string;
  /** In CIDR notation, such as `203.0.113.0/24`. */
  readonly ranges: readonly string[];
  readonly isTrusted: boolean;
  /** Milliseconds since the epoch, as is `modifiedAt`. */
  readonly createdAt: number;
  readonly modifiedAt: number | null;
}

/** The name that a tenant gives an authentication context. */
export interface AuthenticationContext {
  /** `c1` to `c99`. */
  readonly id: string;
  readonly tenantId: string;
  readonly displayName: string;
  readonly description: string | null;
  /** Whether applications are shown it. */
  readonly isAvailable: boolean;
}

/** A Conditional Access policy as Microsoft Graph has it. */
export interface ConditionalAccessPolicy {
  readonly id: string;
  readonly tenantId: string;
  /** Milliseconds since the epoch, as is `modifiedAt`. */
  readonly createdAt: number;
  readonly modifiedAt: number | null;
  /** `displayName`, `state`, `conditions`, `grantControls` and `sessionControls`, as they were given. */
  readonly policy: Readonly<Record<string, unknown>>;
}

/** What a service wants of users before they do something. */
export interface StepUp {
  readonly id: string;
  readonly tenantId: string;
  readonly service: 'arm' | 'graph';
  /** An authentication context. */
  readonly context: string;
  /** Operations, with wildcards. */
  readonly operations: readonly string[];
}
