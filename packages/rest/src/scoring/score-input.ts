import { AmlAuthError } from '@aml-auth/core';
import { jsonOf } from '../http/json-of.js';
import type { ScoreOptions } from './score-options.js';

/** What is sent to an endpoint, beside its secret. */
export interface ScoreInput {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

const RESERVED = new Set(['authorization', 'host', 'content-length', 'cookie']);
/** Names of deployments (Azure ML specification), which go into a header. */
const DEPLOYMENT = /^[a-z0-9][a-z0-9_-]{0,254}$/i;

/**
 * Checks and writes what is sent. Bytes go as they are, everything else as JSON, texts too unless another content type
 * is given.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function scoreInput(body: unknown, options: ScoreOptions): ScoreInput {
  const { deployment, contentType, headers = {} } = options;
  if (deployment !== undefined && !DEPLOYMENT.test(deployment)) {
    throw invalid('deployment is not the name of one.', 'Give letters, digits, _ and -.');
  }
  const reserved = Object.keys(headers).find((name) => RESERVED.has(name.toLowerCase()));
  if (reserved !== undefined) {
    throw invalid(`headers has ${reserved}, which is not the caller's to give.`, 'Leave it out.');
  }
  const isJson = contentType === undefined || /\bjson\b/i.test(contentType);
  const named = deployment === undefined ? {} : { 'azureml-model-deployment': deployment };
  return {
    body: bodyOf(body, isJson),
    headers: { ...headers, 'content-type': contentType ?? 'application/json', ...named },
  };
}

function bodyOf(body: unknown, isJson: boolean): ScoreInput['body'] {
  if (body instanceof Uint8Array) return Uint8Array.from(body);
  if (typeof body === 'string' && !isJson) return body;
  const text = isJson ? jsonOf(body) : undefined;
  if (text !== undefined) return text;
  throw invalid(
    'The body for the endpoint cannot be sent.',
    'Give a value that can be written as JSON; with another contentType a text or bytes.',
  );
}

function invalid(message: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message, remedy });
}
