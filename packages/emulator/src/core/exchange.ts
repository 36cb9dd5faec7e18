/** One request and its answer, without a secret. */
export interface Exchange {
  /** Milliseconds since the epoch, on the emulator's clock. */
  readonly at: number;
  readonly method: string;
  /** The path and query as they were asked for; values that may be secret are redacted. */
  readonly path: string;
  readonly status: number;
  /** The form of a token request; values that may be secret are redacted. */
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
}

/** The latest exchanges. */
export interface ExchangeLog {
  readonly exchanges: readonly Exchange[];
  add(exchange: Exchange): void;
}

const LIMIT = 1_000;

const SECRET_FIELDS = new Set([
  'access_token',
  'assertion',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  // Ties the forms of a sign-in together.
  'ctx',
  'device_code',
  'id_token',
  'password',
  'refresh_token',
  'sig',
]);

/** A log that keeps the latest 1,000 exchanges. */
export function createExchangeLog(): ExchangeLog {
  const exchanges: Exchange[] = [];
  return {
    exchanges,
    add(exchange) {
      exchanges.push(exchange);
      if (exchanges.length > LIMIT) exchanges.shift();
    },
  };
}

/** The fields with `[redacted]` in place of secrets. */
export function redactFields(fields: URLSearchParams): URLSearchParams {
  return new URLSearchParams(
    [...fields].map(([name, value]): [string, string] => [
      name,
      SECRET_FIELDS.has(name.toLowerCase()) && value !== '' ? '[redacted]' : value,
    ]),
  );
}
