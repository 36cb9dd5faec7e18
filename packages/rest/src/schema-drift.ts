import { AmlAuthError, type Logger } from '@aml-auth/core';
import type { OnDrift } from './parse-leniently.js';

/** How replies are read: `lenient` leaves a field out that is not what its type says, `strict` makes it an error. */
export type SchemaMode = 'lenient' | 'strict';

/** Keys in a reply are the service's: no more than so many are remembered. */
const MAX_REPORTED = 1_000;

/**
 * Tells the logger of each field of a type that is not as documented, once (`arm.drift`); places in lists count as one.
 * In the mode `strict` nothing is told: the call fails with `AML_RESPONSE_INVALID`.
 */
export function schemaDrift(logger: Logger, mode: SchemaMode): (type: string, apiVersion: string) => OnDrift {
  const reported = new Set<string>();
  return (type, apiVersion) => (fields) => {
    if (mode === 'strict') throw drifted(type, apiVersion, fields);
    const fresh = [...new Set(fields.map((field) => field.replace(/(^|\.)\d+(?=\.|$)/g, '$1*')))].filter(
      (field) => !reported.has(`${type} ${apiVersion} ${field}`),
    );
    if (fresh.length === 0) return;
    for (const field of fresh) {
      if (reported.size < MAX_REPORTED) reported.add(`${type} ${apiVersion} ${field}`);
    }
    logger.warn({ event: 'arm.drift', resource: type, apiVersion, fields: fresh });
  };
}

function drifted(type: string, apiVersion: string, fields: readonly string[]): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `A ${type} of api-version ${apiVersion} is not as documented: ${fields.slice(0, 5).join(', ')}.`,
    remedy: "Report it, and read leniently until then (schemas: 'lenient').",
  });
}
