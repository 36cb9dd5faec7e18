import type { AmlAuthError } from '@aml-auth/core';
import type { OutputFormat } from './output-format.js';

/**
 * An error for standard error: for people what happened, the next step and the ids; with
 * `-o json` one JSON object under `error`.
 */
export function formatError(error: AmlAuthError, format: OutputFormat): string {
  if (format === 'json') return JSON.stringify({ error: error.toJSON() }, undefined, 2);
  const ids = Object.entries(error.correlation).map(([name, id]) => `${name} ${String(id)}`);
  return [
    `error ${title(error)}: ${error.message}`,
    ...(error.remedy === undefined ? [] : [`  next: ${error.remedy}`]),
    ...(ids.length === 0 ? [] : [`  ids:  ${ids.join(', ')}`]),
  ].join('\n');
}

function title({ code, aadsts, armCode }: AmlAuthError): string {
  const service = aadsts === undefined ? armCode : `AADSTS${aadsts}`;
  return service === undefined ? code : `${code} (${service})`;
}
