/** An Azure subscription. Fields that are not listed here are kept at run time. */
export interface Subscription {
  /** `/subscriptions/<subscriptionId>` */
  readonly id: string;
  /** Its id (GUID). */
  readonly subscriptionId: string;
  /** The name that people see; it need not be unique. */
  readonly displayName?: string | undefined;
  /** `Enabled`, `Disabled`, `Warned`, `PastDue`, `Deleted`; open for others. */
  readonly state?: string | undefined;
  /** The tenant that the subscription trusts. */
  readonly tenantId?: string | undefined;
}
