import { expect, test } from 'vitest';

/** What one side does, and what comes of it. */
export interface Side<T> {
  readonly run: () => Promise<T>;
  readonly shows: T;
}

/**
 * One line of a comparison, measured in one run: what the published package does, and what ours does
 * instead. It fails where either has changed.
 */
export function sideBySide<T>(
  title: string,
  { published, ours }: { readonly published: Side<T>; readonly ours: Side<T> },
): void {
  test(title, async () => {
    const seen = { published: await published.run(), ours: await ours.run() };
    expect(seen).toEqual({ published: published.shows, ours: ours.shows });
  });
}

/** The outcome of a call, for a comparison: what `value` makes of it, or how its error is named. */
export async function outcomeOf<T>(
  call: Promise<T>,
  value: (result: T) => string = () => 'token',
): Promise<string> {
  try {
    return value(await call);
  } catch (error) {
    const { code, name } = error as { code?: unknown; name?: unknown };
    return typeof code === 'string' && code.startsWith('AML_') ? code : String(name);
  }
}
