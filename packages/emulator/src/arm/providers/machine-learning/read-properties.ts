import { isObject } from '../../../core/json.js';
import { mfeInvalid } from './mfe-refusal.js';

/** Any JSON object. */
export type Properties = Readonly<Record<string, unknown>>;

/**
 * The `properties` in a request body, with everything in them that must be there.
 *
 * @throws a refusal: 400 `UserError` that names what is missing
 */
export function readProperties(body: Properties, required: readonly string[]): Properties {
  const properties = body['properties'];
  if (!isObject(properties)) throw mfeInvalid('The request is invalid: properties is required.');
  const missing = required.find((name) => isBlank(properties[name]));
  if (missing !== undefined) throw mfeInvalid(`The request is invalid: properties.${missing} is required.`);
  return properties;
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
