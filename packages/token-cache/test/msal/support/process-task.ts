/** What a process that shares a cache of MSAL does. */
export interface ProcessTask {
  readonly task: 'sign-in' | 'silent';
  readonly library: 'msal' | 'identity';
  readonly flow: 'device code' | 'browser';
  /** A Redis server, or a folder. */
  readonly place: string;
  /** The sealing key, base64url. */
  readonly key: string;
  readonly origin: string;
  readonly tenantId: string;
  /** Who is signed in: what `@azure/identity` gives an application to keep. Holds no secret. */
  readonly record?: string | undefined;
}

/** What it says. */
export interface SaidLine {
  /** A person has to enter this code. */
  readonly userCode?: string;
  /** A person has to sign in there. */
  readonly url?: string;
  readonly username?: string;
  readonly fromCache?: boolean;
  readonly record?: string;
}
