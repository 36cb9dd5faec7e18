/** A sign-in, as the directory's log has it. */
export interface SignIn {
  /** GUID. */
  readonly id: string;
  readonly tenantId: string;
  /** Milliseconds since the epoch, on the emulator's clock. */
  readonly createdAt: number;
  readonly event: 'interactiveUser' | 'nonInteractiveUser' | 'servicePrincipal' | 'managedIdentity';
  readonly appId: string;
  readonly appDisplayName: string;
  readonly user: SignInUser | undefined;
  readonly servicePrincipal: { readonly id: string; readonly name: string } | undefined;
  /** What the token is for; undefined where that was not told. */
  readonly resource: { readonly id: string; readonly name: string } | undefined;
  readonly correlationId: string | undefined;
  /** `User-Agent`. */
  readonly userAgent: string;
  /** Where it came from, as Conditional Access saw it. */
  readonly ipAddress: string;
  readonly clientAppUsed: 'Browser' | 'Mobile Apps and Desktop clients';
  /** AADSTS number; 0 for success. */
  readonly errorCode: number;
  readonly failureReason: string;
  /** Whether the user proved a second factor. */
  readonly isMultiFactor: boolean;
  readonly policies: readonly AppliedPolicy[];
  /** What the enforced policies came to. */
  readonly conditionalAccess: 'success' | 'failure' | 'notApplied';
}

/** The person who signed in, as far as known. */
export interface SignInUser {
  /** Object id; empty where there is no such user. */
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
}

/** What a Conditional Access policy said to a sign-in. */
export interface AppliedPolicy {
  readonly id: string;
  readonly displayName: string;
  readonly controls: readonly string[];
  readonly sessionControls: readonly string[];
  readonly result:
    | 'success'
    | 'failure'
    | 'notApplied'
    | 'notEnabled'
    | 'reportOnlySuccess'
    | 'reportOnlyFailure'
    | 'reportOnlyInterrupted'
    | 'reportOnlyNotApplied';
}

/** The latest sign-ins. They are no state of the directory: snapshots do not have them. */
export interface SignInLog {
  add(signIn: SignIn): void;
  /** Those of a tenant, newest first. */
  list(tenantId: string): readonly SignIn[];
}

/** A log that keeps the latest sign-ins. */
export function createSignInLog(limit = 1_000): SignInLog {
  const signIns: SignIn[] = [];
  return {
    add(signIn) {
      signIns.push(signIn);
      if (signIns.length > limit) signIns.shift();
    },
    list: (tenantId) => signIns.filter((signIn) => signIn.tenantId === tenantId).reverse(),
  };
}
