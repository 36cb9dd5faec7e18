import { once } from 'node:events';

/** Says that this process is ready, and waits until it may go. */
export async function whenTold(): Promise<void> {
  process.send?.('ready');
  await once(process, 'message');
}

/** Gives the answer to the parent, and lets this process end. */
export function answer(value: unknown): void {
  process.send?.(value, () => {
    process.disconnect();
  });
}
