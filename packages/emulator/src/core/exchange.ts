import type { AccessTrace, RbacTrace } from './call-trace.js';

/** One request and its answer. Values that may be secret are redacted, unless the emulator was told otherwise. */
export interface Exchange {
  /** Counts from 1. */
  readonly sequence: number;
  /** Milliseconds since the epoch, on the emulator's clock. */
  readonly at: number;
  /** Milliseconds that the answer took, by the machine's clock. */
  readonly durationMs: number;
  /** Host and port that the client asked. */
  readonly host: string;
  /** Whether it came over https. */
  readonly tls: boolean;
  /** The method of HTTP. */
  readonly method: string;
  /** The path and query as they were asked for. */
  readonly path: string;
  /** The status of the answer; that of a fault where one happened. */
  readonly status: number;
  /** The form of a token request or of a page. */
  readonly form?: Readonly<Record<string, string>>;
  /** `x-ms-request-id` of the answer. */
  readonly requestId?: string;
  /** `x-ms-correlation-request-id`, or the correlation id of Microsoft Entra ID. */
  readonly correlationId?: string;
  /** `client-request-id` or `x-ms-client-request-id` that was sent. */
  readonly clientRequestId?: string;
  /**
   * Why Azure RBAC or Microsoft Graph allowed or refused it, or what Conditional Access policies say; also
   * in the header `x-emu-decision`.
   */
  readonly decision?: string;
  /** The error code of the answer, such as `AuthorizationFailed` or `AADSTS7000215`. */
  readonly errorCode?: string;
  /** The bearer token that was sent, as it reads; nothing is said about its signature. */
  readonly token?: DecodedToken;
  /** The access token in the answer. */
  readonly issued?: DecodedToken;
  /** What Azure RBAC decided. */
  readonly rbac?: RbacTrace;
  /** What Conditional Access said. */
  readonly conditionalAccess?: AccessTrace;
  /** Id of the fault that happened. */
  readonly fault?: string;
  /** What the client sent. */
  readonly request: RecordedMessage;
  /** What it got. */
  readonly response: RecordedMessage;
}

/** The readable parts of a JSON Web Token. */
export interface DecodedToken {
  /** Of the token: `alg`, `kid` and the like. */
  readonly header: Readonly<Record<string, unknown>>;
  /** Of the token, with times in seconds since the epoch. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Headers and body of a request or an answer. */
export interface RecordedMessage {
  /** Names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Bytes of the body. */
  readonly size: number;
  /** The body, where it is JSON or a form and not long. */
  readonly body?: string;
}

/** What can be told of an exchange before it has a number. */
export type ExchangeRecord = Omit<Exchange, 'sequence'>;
