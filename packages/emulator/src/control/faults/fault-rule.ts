/**
 * Which requests a fault is for; all of what stands here must hold. Patterns are compared without case: `*`
 * stands for anything within a segment of a path, `**` for any number of segments; elsewhere `*` stands for
 * anything.
 */
export interface FaultMatch {
  /** Pattern of the host name, without a port. */
  readonly host?: string | undefined;
  /** Pattern of the path, without the query, such as `/subscriptions/**`. */
  readonly path?: string | readonly string[] | undefined;
  /** One method of HTTP or several, in any case. Default: all. */
  readonly method?: string | readonly string[] | undefined;
  /**
   * Pattern of who asks: a client id, the name of the application, a user principal name, `x-client-SKU`, or
   * the header `User-Agent`.
   */
  readonly client?: string | undefined;
  /** Patterns of form fields, such as `{ grant_type: 'refresh_token' }`. */
  readonly form?: Readonly<Record<string, string>> | undefined;
  /** Only the request with this number, from 1, of those that match otherwise. */
  readonly nth?: number | undefined;
  /** Only some of the requests: a probability, more than 0 and at most 1. */
  readonly prob?: number | undefined;
}

/** What is wrong with the certificate of a connection. */
export type TlsFlaw = 'expired' | 'untrusted' | 'wrongHost';

/** What goes wrong. `delayMs` goes together with everything but `tls`. */
export interface FaultAction {
  /** Answers with this status instead of the real answer. */
  readonly status?: number | undefined;
  /** Of the answer; without `status` they are added to the real one. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** With `status`: text, or a value that is sent as JSON. */
  readonly body?: unknown;
  /** Answers with this error of Microsoft Entra ID, such as 7000215, and its status and body. */
  readonly aadsts?: number | undefined;
  /**
   * Waits that many milliseconds before everything else, by the machine's clock: clients wait by theirs.
   * It ends early where the client goes away or the emulator closes.
   */
  readonly delayMs?: number | undefined;
  /** Ends the connection without an answer. What the request does is done. */
  readonly reset?: true | undefined;
  /** Sends that many bytes of the body, or half of it for `true`, and then ends the connection. */
  readonly truncate?: true | number | undefined;
  /**
   * Shows a bad certificate. Of `match` only `host`, `nth` and `prob` are known then, and connections count.
   * Adding it ends the connections that clients keep for their next request.
   */
  readonly tls?: TlsFlaw | undefined;
  /**
   * What the request writes is seen late, by the emulator's clock: an application, its secrets and its
   * service principal by the token service, role assignments and members of groups by Azure RBAC.
   */
  readonly replicationDelayMs?: number | undefined;
}

/** Something that goes wrong. */
export interface FaultRule {
  /** Names it in `faults.clear()`, `requests` and `x-emu-fault`. Default: `fault-1`, `fault-2` and so on. */
  readonly id?: string | undefined;
  /** Default: every request. */
  readonly match?: FaultMatch | undefined;
  /** What goes wrong: one thing, or a delay together with another. */
  readonly do: FaultAction;
  /** How often it happens before it ends. Default: until it is cleared. */
  readonly times?: number | undefined;
}

/** A fault that stands, and what became of it. */
export interface ActiveFault extends FaultRule {
  /** Names it in `faults.clear()`, `requests` and `x-emu-fault`. */
  readonly id: string;
  /** How many requests matched, whatever `nth` and `prob` say. */
  readonly seen: number;
  /** How often it happened. */
  readonly hits: number;
}

/** Faults that are known by name; what else stands in them changes them. */
export interface FaultPreset {
  /**
   * - `429`: too many requests, everywhere
   * - `estsOutage`: Microsoft Entra ID is out of order (503, AADSTS90033)
   * - `imdsSlowStart`: the Instance Metadata Service is not there yet (404, or `status: 410`), 3 times
   * - `armThrottle`: Azure Resource Manager has had enough of the subscription (429)
   * - `graphReplication`: what is written through Microsoft Graph is seen late (30 s)
   * - `slow_down`: devices poll too often (AADSTS90055), once
   */
  readonly preset: '429' | 'estsOutage' | 'imdsSlowStart' | 'armThrottle' | 'graphReplication' | 'slow_down';
  /** As in {@link FaultRule}. */
  readonly id?: string | undefined;
  /** In place of that of the preset. */
  readonly match?: FaultMatch | undefined;
  /** How often it happens before it ends, in place of what the preset has. */
  readonly times?: number | undefined;
  /** Seconds; for `429` and `armThrottle`. Default 10. */
  readonly retryAfter?: number | undefined;
  /** For `imdsSlowStart`. Default 404. */
  readonly status?: 404 | 410 | undefined;
  /** For `graphReplication`. Default 30,000. */
  readonly replicationDelayMs?: number | undefined;
}

/** What {@link FaultControl.add} takes. */
export type FaultInput = FaultRule | FaultPreset | FaultPreset['preset'];

/** What goes wrong in the emulator. */
export interface FaultControl {
  /**
   * Adds faults after those that stand. Of every request the first fault that matches happens, and no other.
   * Chance is the same in every run: it follows from the id of the fault.
   *
   * @throws {AmlAuthError} `AML_CONFIG_INVALID` that names what is wrong
   */
  add(...faults: readonly FaultInput[]): readonly ActiveFault[];
  /** The faults that stand, in order; those that happened as often as they may stay until they are cleared. */
  list(): readonly ActiveFault[];
  /** Removes one fault, or all. Says whether there was one. */
  clear(id?: string): boolean;
}
