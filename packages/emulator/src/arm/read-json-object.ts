import { isObject, parseJson } from '../core/json.js';
import { armRefusal } from './arm-refusal.js';

/**
 * The JSON object in a request body.
 *
 * @throws a refusal: 400 `InvalidRequestContent`
 */
export function readJsonObject(body: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = parseJson(body);
  } catch {
    throw invalid('it is not JSON');
  }
  if (!isObject(value)) throw invalid('it is not an object');
  return value;
}

/** The tags of a resource in a request body: an object of texts. */
export function readTags(value: unknown): Readonly<Record<string, string>> {
  if (value === undefined || value === null) return {};
  if (!isObject(value) || Object.values(value).some((tag) => typeof tag !== 'string')) {
    throw invalid("the value of 'tags' is not an object of texts");
  }
  return value as Readonly<Record<string, string>>;
}

/** The `properties` in a request body: an object, which may be missing. */
export function readProperties(value: unknown): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (isObject(value)) return value;
  throw invalid("the value of 'properties' is not an object");
}

function invalid(problem: string): Error {
  return armRefusal(
    400,
    'InvalidRequestContent',
    `The request content was invalid and could not be deserialized: ${problem}.`,
  );
}
