import { asText, isObject, parseJson } from '../core/json.js';
import { badRequest } from './graph-refusal.js';

/** The members of a JSON object in a request. */
export type GraphBody = Readonly<Record<string, unknown>>;

/**
 * The JSON object in a request body.
 *
 * @throws a refusal: 400 `Request_BadRequest`
 */
export function readGraphBody(body: string): GraphBody {
  try {
    const value = parseJson(body);
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw badRequest(
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
  );
}

/**
 * A text that must be there and not be too long.
 *
 * @throws a refusal: 400 `Request_BadRequest`
 */
export function requiredText(body: GraphBody, name: string, most: number): string {
  const text = optionalText(body, name, most);
  if (text === undefined || text.trim() === '') {
    throw badRequest(`A value is required for property '${name}' of resource.`);
  }
  return text;
}

/** A text, or undefined where it is absent or null. */
export function optionalText(body: GraphBody, name: string, most: number): string | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined) return undefined;
  const text = asText(value);
  if (text === undefined || text.length > most) throw invalidValue(name);
  return text;
}

/** A list of texts; undefined where it is absent. */
export function optionalTexts(body: GraphBody, name: string, most: number): readonly string[] | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.length > most) throw invalidValue(name);
  return value.map((entry) => {
    if (typeof entry !== 'string') throw invalidValue(name);
    return entry;
  });
}

/** A time in ISO 8601 as milliseconds since the epoch; undefined where it is absent. */
export function optionalTime(body: GraphBody, name: string): number | undefined {
  const text = optionalText(body, name, 64);
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw invalidValue(name);
  return time;
}

/** 400 `Request_BadRequest` about one property. */
export function invalidValue(name: string): Error {
  return badRequest(`Invalid value specified for property '${name}' of resource.`);
}
