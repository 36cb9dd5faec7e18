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
