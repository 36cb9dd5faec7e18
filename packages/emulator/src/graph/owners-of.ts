import { Refusal } from '../http/answer.js';
import type { GraphContext } from './graph-context.js';

/** What may have owners. */
interface Owned {
  readonly ownerIds?: readonly string[];
}

/** Object ids of the owners of what the first id of a path stands for. */
export function ownersOf(
  find: (context: GraphContext, key: string) => Owned,
): (context: GraphContext) => readonly string[] {
  return (context) => {
    try {
      return find(context, context.ids[0] ?? '').ownerIds ?? [];
    } catch (error) {
      // What does not exist has no owners; whether the caller may know that is decided first.
      if (error instanceof Refusal) return [];
      throw error;
    }
  };
}
