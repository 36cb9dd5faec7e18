import { isObject } from '../../core/json.js';

/** The value at a path such as `status/errorCode`; undefined where there is none. */
export function valueAt(object: Readonly<Record<string, unknown>>, path: string): unknown {
  let value: unknown = object;
  for (const name of path.split('/')) {
    value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}
