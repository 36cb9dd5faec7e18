import { tell } from './listener.js';
import type { Logger } from './logger.js';

/** The logger, except that it never throws: a log that fails must not fail a sign-in. */
export function quietLogger(logger: Logger): Logger {
  return {
    debug: (event) => tell((one) => logger.debug(one), event),
    info: (event) => tell((one) => logger.info(one), event),
    warn: (event) => tell((one) => logger.warn(one), event),
    error: (event) => tell((one) => logger.error(one), event),
  };
}
