import { tell } from './listener.js';
import { silentLogger, type Logger } from './logger.js';

/**
 * The logger, except that it never throws: a log that fails must not fail a sign-in.
 *
 * @param logger - default: {@link silentLogger}
 */
export function quietLogger(logger: Logger = silentLogger): Logger {
  return {
    debug: (event) => tell((one) => logger.debug(one), event),
    info: (event) => tell((one) => logger.info(one), event),
    warn: (event) => tell((one) => logger.warn(one), event),
    error: (event) => tell((one) => logger.error(one), event),
  };
}
