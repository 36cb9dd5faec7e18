/** A token endpoint, and what to send it. */
export interface TokenTarget {
  /** An https URL. */
  readonly url: string;
  /** The form of a client credentials request. */
  readonly form: string;
  /** Certifies the server. PEM. */
  readonly ca: string;
}

/** A token server that runs in this process. */
export interface TokenServer {
  readonly target: TokenTarget;
  readonly close: () => Promise<unknown>;
}

/** What a process that serves tokens says: where, once; how much memory it holds, when asked. */
export type ServerMessage = { readonly target: TokenTarget } | { readonly heap: number };
