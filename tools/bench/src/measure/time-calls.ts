/** Microseconds for one call, measured over `count` calls one after the other. */
export async function timeCalls(count: number, call: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  for (let index = 0; index < count; index += 1) await call();
  return ((performance.now() - started) * 1000) / count;
}
