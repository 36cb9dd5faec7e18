import { armRefusal } from './arm-refusal.js';

/** 404 `ResourceGroupNotFound`. */
export function resourceGroupNotFound(name: string): Error {
  return armRefusal(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`);
}
