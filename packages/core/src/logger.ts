/** Something that happened, as data. Holds no token, secret, claims value or assertion. */
export interface LogEvent {
  /** What happened, such as `token.acquired`. */
  readonly event: string;
  readonly [detail: string]: unknown;
}

/** Where events go. `console`, pino and the like fit. */
export interface Logger {
  /** What helps to follow a call. */
  debug(event: LogEvent): void;
  /** What happens now and then in normal work. */
  info(event: LogEvent): void;
  /** What went wrong and did not make the call fail. */
  warn(event: LogEvent): void;
  /** What made a call fail. */
  error(event: LogEvent): void;
}

/** Drops every event. The default. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
