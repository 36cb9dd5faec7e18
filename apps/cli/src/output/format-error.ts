import type { AmlAuthError } from '@aml-auth/core';
import type { Messages } from '../messages/messages.js';
import { english } from '../messages/english.js';
import { messageHere, remedyHere } from './remedy-here.js';

/** How an error is shown: for people, or as one JSON object. */
export type ErrorFormat = 'text' | 'json';

/**
 * An error for standard error: for people what happened, the next step and the ids; for programs one JSON object
 * under `error`, always in English.
 */
export function formatError(error: AmlAuthError, format: ErrorFormat, messages: Messages = english): string {
  const remedy = error.remedy === undefined ? undefined : remedyHere(error.remedy);
  const message = messageHere(error);
  if (format === 'json')
    return JSON.stringify({ error: { ...error.toJSON(), message, remedy } }, undefined, 2);
  const { labels } = messages;
  const ids = Object.entries(error.correlation).map(([name, id]) => `${name} ${String(id)}`);
  const summary = messages.errorSummaries?.[error.code];
  return [
    `${labels.error} ${title(error)}: ${summary ?? message}`,
    ...(summary === undefined ? [] : [`  ${labels.cause}: ${message}`]),
    ...(remedy === undefined ? [] : [`  ${labels.next}: ${remedy}`]),
    ...(ids.length === 0 ? [] : [`  ${labels.ids}:  ${ids.join(', ')}`]),
  ].join('\n');
}

function title({ code, aadsts, armCode }: AmlAuthError): string {
  const service = aadsts === undefined ? armCode : `AADSTS${aadsts}`;
  return service === undefined ? code : `${code} (${service})`;
}
