import { armRefusal } from '../arm-refusal.js';

/** 400 of a compute that cannot be, or of what cannot be done with it. */
export function invalid(message: string): Error {
  return armRefusal(400, 'ValidationError', message);
}
