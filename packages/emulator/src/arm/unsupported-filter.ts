import { armRefusal } from './arm-refusal.js';

/**
 * 400 `UnsupportedQuery` of a `$filter`.
 *
 * @param supported - the filters that there are, as the message lists them
 */
export function unsupportedFilter(filter: string | undefined, supported: string): Error {
  const message = `The filter '${filter?.slice(0, 200) ?? ''}' is not supported. Supported filters are ${supported}.`;
  return armRefusal(400, 'UnsupportedQuery', message);
}
