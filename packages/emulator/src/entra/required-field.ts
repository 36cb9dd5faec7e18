import { entraRefusal } from './entra-refusal.js';

/**
 * The value of a field that a request must have.
 *
 * @throws a refusal: AADSTS900144
 */
export function requiredField(fields: URLSearchParams, parameter: string): string {
  const value = fields.get(parameter) ?? '';
  if (value === '') throw entraRefusal(900144, { parameter });
  return value;
}
