/** Something that happened, as data. Holds no token, secret, claims value or assertion. */
export interface LogEvent {
  /** What happened, such as `token.acquired`. */
  readonly event: string;
  readonly [detail: string]: unknown;
}

/** Where events go. `console`, pino and the like fit. */
export interface Logger {
  debug(event: LogEvent): void;
  info(event: LogEvent): void;
  warn(event: LogEvent): void;
  error(event: LogEvent): void;
}

/** Drops every event. The default. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
